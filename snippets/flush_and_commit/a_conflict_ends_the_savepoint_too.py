"""On MariaDB, a conflict undoes more than the savepoint's part."""

# needs mariadb
from snippets.bank import Account, open_account
from snippets.library import Author, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

open_account(balance=100)
snapshot = create_engine(engine.url)


@event.listens_for(snapshot, "connect")
def detect_conflicts(connection, record):
    switch = "SET innodb_snapshot_isolation = ON"
    connection.cursor().execute(switch)


def another_request_withdraws(amount):
    with Session(engine) as session, session.begin():
        session.get(Account, 1).balance -= amount


session = Session(snapshot)
# --8<-- [end:setup]

# --- story
# --8<-- [start:conflict]
session.add(Author(name="Joan"))
account = session.get(Account, 1)
#> INSERT author; SELECT account
another_request_withdraws(10)
try:
    with session.begin_nested():
        account.balance -= 10
    #> SAVEPOINT; UPDATE account; ROLLBACK TO SAVEPOINT
except OperationalError as error:
    print(error.orig)
    #> prints (1305, 'SAVEPOINT sa_savepoint_1 does not exist')
session.commit()
#> raises nothing; COMMIT; others see 0 rows in author
# --8<-- [end:conflict]
