"""Transfers that lock their rows in one order need no retry."""

# needs postgresql, mariadb
# not recorded: eight threads compete for two rows
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

open_account(balance=1000)
with Session(engine) as session, session.begin():
    session.add(Account(id=2, balance=1000))
new_session = sessionmaker(engine)
# --8<-- [end:setup]
from sqlalchemy import event

locks = set()  # the statements that lock rows, from their WHERE on


@event.listens_for(engine, "before_cursor_execute")
def note_lock(connection, cursor, statement, *rest):
    if "FOR UPDATE" in statement:
        locks.add(statement.partition("WHERE ")[2])


# --- story
# --8<-- [start:ordered]
def transfer(source, target, amount):
    both = select(Account).where(Account.id.in_([source, target]))
    locked = both.order_by(Account.id).with_for_update()
    with new_session.begin() as session:
        rows = {row.id: row for row in session.scalars(locked)}
        rows[source].balance -= amount
        rows[target].balance += amount


transfers = [(1, 2, 3), (2, 1, 1)] * 80
with ThreadPoolExecutor(8) as pool:
    running = [pool.submit(transfer, *each) for each in transfers]
assert not any(each.exception() for each in running)
with Session(engine) as session:
    saved = [session.get(Account, id).balance for id in (1, 2)]
assert saved == [840, 1160]
# --8<-- [end:ordered]
assert len(locks) == 1
assert locks.pop().endswith(") ORDER BY account.id FOR UPDATE")
