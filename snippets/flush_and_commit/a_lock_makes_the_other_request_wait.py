"""with_for_update locks the row; the other request waits for it."""

# needs postgresql, mariadb
# not recorded: two threads compete for one row
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]
from sqlalchemy import event

locked, ended = [], []  # when a request has its lock, and commits


@event.listens_for(engine, "after_cursor_execute")
def note_lock(connection, cursor, statement, *rest):
    if "FOR UPDATE" in statement:
        locked.append(time.monotonic())


@event.listens_for(engine, "commit")
def note_commit(connection):
    if locked:
        ended.append(time.monotonic())




# --- story
# --8<-- [start:lock]
def withdraw(amount):
    with Session(engine) as session, session.begin():
        account = session.get(Account, 1, with_for_update=True)
        time.sleep(0.2)  # time for the other request to read
        if account.balance < amount:
            return False
        account.balance -= amount
        return True


with ThreadPoolExecutor() as pool:
    paid = list(pool.map(withdraw, [60] * 2))
assert sorted(paid) == [False, True]  # one was turned down
# --8<-- [end:lock]
with Session(engine) as session:
    assert session.get(Account, 1).balance == 40
assert len(locked) == 2
assert ended[0] - locked[0] >= 0.2
