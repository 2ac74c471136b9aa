"""A conflict repeats all of it: a fresh Session, fresh reads."""

from snippets.bank import Account, open_account
from snippets.library import engine
from snippets.retry_helper import run_transaction

# --8<-- [start:setup]
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

# --8<-- [end:setup]

# --8<-- [start:strict]
strict = engine  # enough on SQLite: it sends BEGIN
if engine.dialect.name != "sqlite":
    level = "REPEATABLE READ"
    strict = create_engine(engine.url, isolation_level=level)


@event.listens_for(strict, "connect")
def on_connect(connection, record):
    if strict.dialect.name == "mariadb":
        switch = "SET innodb_snapshot_isolation = ON"
        connection.cursor().execute(switch)


# --8<-- [end:strict]

# --8<-- [start:another]
open_account(balance=100)


def other_request_withdraws(amount):
    with Session(engine) as other, other.begin():
        other.get(Account, 1).balance -= amount


# --8<-- [end:another]


# --- story
# --8<-- [start:work]
def withdraw_50(session):
    account = session.get(Account, 1)
    if account.balance < 50:
        return None
    account.balance -= 50
    return account.balance


# --8<-- [end:work]

# --8<-- [start:repeated]
read = []


def withdraw_with_a_conflict(session):
    account = session.get(Account, 1)
    read.append(account.balance)
    if len(read) == 1:  # first attempt
        other_request_withdraws(30)
    balance = withdraw_50(session)
    # Only to show the conflict here: the commit flushes, too.
    session.flush()
    return balance


new_session = sessionmaker(strict)
print(run_transaction(new_session, withdraw_with_a_conflict))
#> prints 20
print(read)
#> prints [100, 70]
# --8<-- [end:repeated]

# --8<-- [start:failed]
session = Session(strict)
account = session.get(Account, 1)
other_request_withdraws(10)
account.balance -= 15
try:
    session.commit()
    #> UPDATE account; ROLLBACK; raises OperationalError
except OperationalError as error:
    print(error.orig)
session.rollback()
session.commit()
#> no SQL
# --8<-- [end:failed]
