"""A conflict repeats all of it: a fresh Session, fresh reads."""

from snippets.bank import Account, open_account
from snippets.library import engine
from snippets.retry_helper import run_transaction

# --8<-- [start:setup]
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session, sessionmaker

open_account(balance=100)
strict = engine  # on SQLite, with real transactions
if engine.dialect.name != "sqlite":
    level = "REPEATABLE READ"
    strict = create_engine(engine.url, isolation_level=level)


@event.listens_for(strict, "connect")
def on_connect(connection, record):
    if strict.dialect.name in ("mysql", "mariadb"):
        switch = "SET innodb_snapshot_isolation = ON"
        connection.cursor().execute(switch)


def another_request_withdraws(amount):
    with Session(engine) as session, session.begin():
        session.get(Account, 1).balance -= amount


# --8<-- [end:setup]

# --- story
# --8<-- [start:conflict]
read = []


def withdraw_50(session):
    account = session.get(Account, 1)
    read.append(account.balance)
    if len(read) == 1:  # between the read and the write
        another_request_withdraws(30)
    account.balance -= 50
    session.flush()
    return account.balance


print(run_transaction(sessionmaker(strict), withdraw_50))
#> prints 20
print(read)
#> prints [100, 70]
# --8<-- [end:conflict]
