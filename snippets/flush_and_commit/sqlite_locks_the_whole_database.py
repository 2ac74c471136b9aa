"""On SQLite, whoever writes first locks every row of the database.

About SQLite alone: it makes engines of its own.
"""

from snippets.bank import Account

# --8<-- [start:setup]
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
# --8<-- [end:setup]

# --8<-- [start:immediate]
bank = create_engine("sqlite:///bank.db")


@event.listens_for(bank, "connect")
def send_no_begin(connection, record):
    connection.isolation_level = None  # no BEGIN of its own
    connection.execute("PRAGMA journal_mode = WAL")


@event.listens_for(bank, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN IMMEDIATE")


# --8<-- [end:immediate]

# --8<-- [start:short]
@event.listens_for(bank, "connect")
def wait_briefly(connection, record):
    connection.execute("PRAGMA busy_timeout = 10")  # milliseconds


# --8<-- [end:short]

# --8<-- [start:rows]
Account.metadata.drop_all(bank)
Account.metadata.create_all(bank)
with Session(bank) as session, session.begin():
    session.add(Account(id=1, balance=100))
    session.add(Account(id=2, balance=100))
# --8<-- [end:rows]

# --- story
# --8<-- [start:withdraw]
with Session(bank) as session, session.begin():
    account = session.get(Account, 1)
    if account.balance >= 30:
        account.balance -= 30
#> UPDATE account; COMMIT
# --8<-- [end:withdraw]

# --8<-- [start:whole]
first = Session(bank)
second = Session(bank)
print(first.get(Account, 1).balance)
#> SELECT account; prints 70
try:
    second.get(Account, 2)  # another row
    #> raises OperationalError
except OperationalError as error:
    print(error.orig)
    #> prints database is locked
first.get(Account, 1).balance -= 30
first.commit()
print(second.get(Account, 1).balance)
#> SELECT account; prints 40
second.close()
# --8<-- [end:whole]
first.close()
