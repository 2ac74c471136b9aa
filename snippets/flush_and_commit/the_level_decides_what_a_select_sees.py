"""The isolation level decides what a later SELECT sees."""

# differs on mariadb: at its default isolation level, a SELECT
#   without a lock sees what the first one saw
from snippets.bank import Account, open_account, usual

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

open_account(balance=100)
read_balance = select(Account.balance)
# --8<-- [end:setup]

# --- story
# --8<-- [start:reads]
with Session(usual) as reader, Session(usual) as other:
    print(reader.scalar(read_balance))
    #> SELECT account; prints 100
    other.get(Account, 1).balance -= 30
    other.commit()
    #> UPDATE account; COMMIT
    print(reader.scalar(read_balance))
    #> SELECT account
    print(reader.scalar(read_balance.with_for_update()))
    #> SELECT account; prints 70
# --8<-- [end:reads]
