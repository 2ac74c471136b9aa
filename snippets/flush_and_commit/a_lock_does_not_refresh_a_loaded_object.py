"""A lock does not refresh a loaded object: the update is lost."""

from snippets.bank import Account, open_account, usual

# --8<-- [start:setup]
from sqlalchemy.orm import Session

open_account(balance=100)


def another_request_withdraws(amount):
    with Session(usual) as session, session.begin():
        session.get(Account, 1).balance -= amount


# --8<-- [end:setup]

# --- story
# --8<-- [start:lost]
session = Session(usual)
mine = session.get(Account, 1)
another_request_withdraws(30)
session.get(Account, 1, with_for_update=True)
#> SELECT account
mine.balance -= 50
session.commit()
#> UPDATE account; COMMIT
print(mine.balance)
#> SELECT account; prints 50
session.close()
# --8<-- [end:lost]

# --8<-- [start:refreshed]
session = Session(usual)
mine = session.get(Account, 1)
another_request_withdraws(30)
session.refresh(mine, with_for_update=True)
#> SELECT account
print(mine.balance)
#> no SQL; prints 20
session.close()
# --8<-- [end:refreshed]
