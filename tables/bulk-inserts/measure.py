"""How long each way of inserting many rows takes, and how often it calls the driver: on one database, as JSON.

DATABASE_URL names the database. Times are milliseconds, the best of some runs, each into an empty table.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Insert, event, insert
from sqlalchemy.orm import Session

from snippets.library import Author, empty_tables, engine

ROWS = 2000
RUNS = 5
SLOW = 1000  # milliseconds: what takes longer is not run again

Row = dict[str, str]


def commit_each(session: Session, rows: list[Row]) -> None:
    """A transaction for each row."""
    for row in rows:
        session.add(Author(**row))
        session.commit()


def flush_each(session: Session, rows: list[Row]) -> None:
    """A flush for each row, one transaction."""
    for row in rows:
        session.add(Author(**row))
        session.flush()


def add_all(session: Session, rows: list[Row]) -> None:
    """One flush of all objects."""
    session.add_all([Author(**row) for row in rows])


def insert_returning(session: Session, rows: list[Row]) -> None:
    """One bulk statement that returns objects."""
    session.scalars(insert(Author).returning(Author), rows).all()


def bulk_insert_mappings(session: Session, rows: list[Row]) -> None:
    """The older method of the Session."""
    session.bulk_insert_mappings(Author, rows)  # type: ignore[arg-type]


def insert_rows(session: Session, rows: list[Row]) -> None:
    """One bulk statement of the ORM."""
    session.execute(insert(Author), rows)


def insert_core(session: Session, rows: list[Row]) -> None:
    """One statement of Core, into the table."""
    session.execute(Insert(Author.__table__), rows)


WAYS: dict[str, Callable[[Session, list[Row]], None]] = {
    "commit each": commit_each,
    "flush each": flush_each,
    "add_all": add_all,
    "returning": insert_returning,
    "insert": insert_rows,
    "bulk_insert_mappings": bulk_insert_mappings,
    "core": insert_core,
}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements with which the driver is called inside the block, each as often as it is called."""
    calls: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        calls.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield calls
    finally:
        event.remove(engine, "before_cursor_execute", note)


def run(way: Callable[[Session, list[Row]], None]) -> float:
    """Insert the rows in a new Session and commit; return how long that took, in milliseconds."""
    empty_tables()
    rows = [{"name": f"author {number}"} for number in range(ROWS)]
    gc.collect()
    with Session(engine) as session:
        begin = time.perf_counter()
        way(session, rows)
        session.commit()
        return (time.perf_counter() - begin) * 1000


def measure(way: Callable[[Session, list[Row]], None]) -> dict[str, float]:
    """The calls of the driver, and the milliseconds of the best run."""
    with counted() as calls:
        best = run(way)  # and warms up
        sent = sum(statement.startswith("INSERT") for statement in calls)
    for _ in range(RUNS if best < SLOW else 0):
        best = min(best, run(way))
    return {"calls": sent, "milliseconds": round(best, 1)}


if __name__ == "__main__":
    print(json.dumps({"rows": ROWS, "ways": {name: measure(way) for name, way in WAYS.items()}}))
