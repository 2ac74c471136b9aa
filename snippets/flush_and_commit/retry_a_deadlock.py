"""Two transfers lock two rows in opposite order; one repeats."""

# needs postgresql, mariadb
# not recorded: two threads compete, and the database picks one
from snippets.bank import Account, open_account
from snippets.library import engine
from snippets.retry_helper import code_of, run_transaction

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

open_account(balance=100)
with Session(engine) as session, session.begin():
    session.add(Account(id=2, balance=100))
new_session = sessionmaker(engine)
deadlocks = []


@event.listens_for(engine, "handle_error")
def note(context):
    deadlocks.append(context.sqlalchemy_exception)


# --8<-- [end:setup]
unlocked = []  # the SELECTs without a lock


@event.listens_for(engine, "before_cursor_execute")
def note_select(connection, cursor, statement, *rest):
    if "FROM account" in statement and "FOR UPD" not in statement:
        unlocked.append(statement)


# --- story
# --8<-- [start:deadlock]
both_hold_a_row = Barrier(2, timeout=5)
calls = []


def transfer(source, target, amount):
    def work(session):
        calls.append(source)
        giver = session.get(Account, source, with_for_update=True)
        if calls.count(source) == 1:  # the first attempt
            both_hold_a_row.wait()
        taker = session.get(Account, target, with_for_update=True)
        giver.balance -= amount
        taker.balance += amount

    run_transaction(new_session, work)


with ThreadPoolExecutor() as pool:
    list(pool.map(transfer, [1, 2], [2, 1], [30, 50]))
with Session(engine) as session:
    saved = [session.get(Account, id).balance for id in (1, 2)]
assert saved == [120, 80]
assert len(calls) == 3
# --8<-- [end:deadlock]
assert len(deadlocks) == 1
assert code_of(deadlocks[0]) in ("40P01", 1213)
assert "deadlock" in str(deadlocks[0]).lower()
assert len(unlocked) == 2  # those that read what was saved
