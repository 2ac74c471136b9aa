"""A row is locked as it is loaded, before Python checks it."""

from snippets.bank import Account, open_account, usual

# --8<-- [start:setup]
from sqlalchemy.orm import Session

open_account(balance=10)
# --8<-- [end:setup]

# --- story
# --8<-- [start:locked]
with Session(usual) as session, session.begin():
    account = session.get(Account, 1, with_for_update=True)
    if account.balance >= 10:
        account.balance -= 10
#> UPDATE account; COMMIT
# --8<-- [end:locked]
