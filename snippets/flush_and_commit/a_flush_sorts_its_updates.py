"""A flush sends its UPDATEs in the order of the primary key."""

from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.orm import Session

open_account(balance=100)
with Session(engine) as session, session.begin():
    session.add(Account(id=2, balance=100))


@event.listens_for(engine, "before_cursor_execute")
def print_ids(connection, cursor, sql, values, context, many):
    if context.isupdate:
        sent = context.compiled_parameters
        print([row["account_id"] for row in sent])


# --8<-- [end:setup]

# --- story
# --8<-- [start:sorted]
with Session(engine) as session:
    second = session.get(Account, 2)
    first = session.get(Account, 1)
    second.balance -= 30
    first.balance += 30
    session.flush()
    #> UPDATE account; prints [1, 2]
    second.balance -= 5
    session.flush()
    #> UPDATE account; prints [2]
    first.balance += 5
    session.commit()
    #> UPDATE account; COMMIT; prints [1]
# --8<-- [end:sorted]
