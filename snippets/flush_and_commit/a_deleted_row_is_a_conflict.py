"""On PostgreSQL, changing a row that is deleted is a conflict."""

# needs postgresql
from snippets.bank import Account, open_account
from snippets.library import engine
from snippets.retry_helper import is_conflict

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

level = "REPEATABLE READ"
strict = create_engine(engine.url, isolation_level=level)
open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:deleted]
session = Session(strict)
account = session.get(Account, 1)
with Session(engine) as other, other.begin():
    other.delete(other.get(Account, 1))
account.balance -= 30
try:
    session.flush()
    #> UPDATE account; ROLLBACK; raises OperationalError
except OperationalError as error:
    print(error.orig)
    #> prints could not serialize access due to concurrent delete
    print(is_conflict(error))
    #> prints True
session.rollback()
print(session.get(Account, 1))
#> 2 × SELECT account; prints None
session.close()
# --8<-- [end:deleted]
strict.dispose()
