"""nowait raises an error where a lock would make it wait."""

# needs postgresql, mariadb
from snippets.bank import Account, open_account
from snippets.library import engine
from snippets.lock_timeout import is_lock_timeout

# --8<-- [start:setup]
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:nowait]
nowait = {"nowait": True}
with Session(engine) as first, Session(engine) as second:
    first.get(Account, 1, with_for_update=True)
    #> SELECT account
    try:
        second.get(Account, 1, with_for_update=nowait)
        #> SELECT account; raises OperationalError
    except OperationalError as error:
        if not is_lock_timeout(error):
            raise
        print("This account is in use. Try again later.")
# --8<-- [end:nowait]
