"""On PostgreSQL, a deadlock ends one of two transactions."""

# needs postgresql
# not recorded: which thread is noticed first is a matter of time
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

open_account(balance=100)
with Session(engine) as session, session.begin():
    session.add(Account(id=2, balance=100))
# --8<-- [end:setup]

# --8<-- [start:locked]
first, second = Session(engine), Session(engine)
first.get(Account, 1, with_for_update=True)
second.get(Account, 2, with_for_update=True)
pool = ThreadPoolExecutor()
lock = {"with_for_update": True}
waits = pool.submit(second.get, Account, 1, **lock)
time.sleep(0.5)  # until it waits


def end_both():
    first.rollback()  # so the other one gets its lock
    assert waits.result().balance == 100
    second.close()
    pool.shutdown()


# --8<-- [end:locked]

# --- story
# --8<-- [start:deadlock]
first.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
try:
    first.get(Account, 2, with_for_update=True)
except OperationalError as error:
    message = str(error.orig)
assert "deadlock detected" in message
# --8<-- [end:deadlock]
end_both()
