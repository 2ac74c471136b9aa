"""nowait raises an error where a lock would make it wait."""

# needs postgresql, mariadb
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
from contextlib import suppress

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:nowait]
with Session(engine) as first, Session(engine) as second:
    first.get(Account, 1, with_for_update=True)
    #> SELECT account
    with suppress(OperationalError):
        second.get(Account, 1, with_for_update={"nowait": True})
        #> SELECT account; raises OperationalError
# --8<-- [end:nowait]
