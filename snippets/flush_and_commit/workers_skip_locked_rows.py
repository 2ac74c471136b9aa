"""skip_locked gives each worker a row that no other has locked."""

# needs postgresql, mariadb
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

open_account(balance=100)
with Session(engine) as session, session.begin():
    session.add(Account(id=2, balance=100))
# --8<-- [end:setup]

# --- story
# --8<-- [start:skip]
lowest_id = select(Account.id).order_by(Account.id).limit(1)
next_free = lowest_id.with_for_update(skip_locked=True)
with Session(engine) as first, Session(engine) as second:
    print(first.scalar(next_free), second.scalar(next_free))
    #> 2 × SELECT account; prints 1 2
# --8<-- [end:skip]
