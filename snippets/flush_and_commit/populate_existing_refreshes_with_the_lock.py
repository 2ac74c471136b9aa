"""populate_existing makes the locking get() refresh the object."""

# needs postgresql, mariadb
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]

# --8<-- [start:options]
lock = {"with_for_update": True, "populate_existing": True}
# --8<-- [end:options]

# --- story
# --8<-- [start:populated]
with Session(engine) as session, Session(engine) as other:
    account = session.get(Account, 1)
    other.get(Account, 1).balance -= 30
    other.commit()
    session.get(Account, 1, **lock)
    #> SELECT account
    print(account.balance)
    #> no SQL; prints 70
# --8<-- [end:populated]
