"""After a lock timeout, the whole transaction runs again."""

# needs postgresql, mariadb
from snippets.bank import Account, open_account
from snippets.library import engine, url
from snippets.lock_timeout import is_lock_timeout

from sqlalchemy import create_engine

one_second = {
    "postgresql": {"options": "-c lock_timeout=1s"},
    "mariadb": {"init_command": "SET innodb_lock_wait_timeout = 1"},
}[engine.dialect.name]
limited = create_engine(url, connect_args=one_second)

# --8<-- [start:setup]
import time

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

open_account(balance=100)
other = Session(engine)


@event.listens_for(limited, "rollback", once=True)
def end_other_transaction(connection):
    other.commit()


# --8<-- [end:setup]


# --8<-- [start:repeat]
def repeat_after_timeout(work, attempts=3):
    for attempt in range(1, attempts + 1):
        try:
            with Session(limited) as session, session.begin():
                return work(session)
        except OperationalError as error:
            if attempt == attempts or not is_lock_timeout(error):
                raise
        time.sleep(1)  # the Session is closed and holds no lock


# --8<-- [end:repeat]


# --- story
# --8<-- [start:withdraw]
def withdraw_50(session):
    account = session.get(Account, 1, with_for_update=True)
    account.balance -= 50
    return account.balance


other.get(Account, 1, with_for_update=True)
print(repeat_after_timeout(withdraw_50))
#> prints 50
# --8<-- [end:withdraw]
