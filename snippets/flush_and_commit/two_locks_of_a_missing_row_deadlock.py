"""On MariaDB, two lock a missing row, and both INSERTs deadlock."""

# needs mariadb
# not recorded: two threads compete, and the database picks one
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]
from sqlalchemy import event

by_joan = "author.name = %(name_1)s FOR UPDATE", {"name_1": "Joan"}
locks = []  # the statements that lock, from their WHERE on


@event.listens_for(engine, "before_cursor_execute")
def note_lock(connection, cursor, statement, parameters, *rest):
    if "FOR UPDATE" in statement:
        locks.append((statement.partition("WHERE ")[2], parameters))


# --- story
# --8<-- [start:gap]
both_have_looked = Barrier(2, timeout=5)


def lock_then_create(name):
    with Session(engine) as session:
        by_name = select(Author).where(Author.name == name)
        assert session.scalar(by_name.with_for_update()) is None
        both_have_looked.wait()
        session.add(Author(name=name))
        try:
            session.commit()
            return "saved"
        except OperationalError as error:
            return error.orig.args[0]


with ThreadPoolExecutor() as pool:
    results = pool.map(lock_then_create, ["Joan", "Joan"])
    assert set(results) == {"saved", 1213}  # deadlock
# --8<-- [end:gap]
with Session(engine) as session:
    assert session.scalars(select(Author.name)).all() == ["Joan"]
assert locks == [by_joan] * 2
assert engine.pool.checkedout() == 0  # each Session is closed
