"""A lock does not refresh a loaded object: the update is lost."""

# needs postgresql, mariadb
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:lost]
session = Session(engine)
account = session.get(Account, 1)
with Session(engine) as other, other.begin():
    other.get(Account, 1).balance -= 30

session.get(Account, 1, with_for_update=True)
#> SELECT account
print(account.balance)
#> no SQL; prints 100
account.balance -= 50
session.commit()
print(account.balance)
#> SELECT account; prints 50
# --8<-- [end:lost]

# --8<-- [start:refreshed]
with Session(engine) as other, other.begin():
    other.get(Account, 1).balance -= 10
session.refresh(account, with_for_update=True)
#> SELECT account
print(account.balance)
#> no SQL; prints 40
session.close()
# --8<-- [end:refreshed]
