"""What one Session can see and spoil of another: levels × seventeen anomalies, on the database of DATABASE_URL.

Two Sessions, `a` and `b`, take the steps of an anomaly in turn; `c`, where it occurs, only reads. Each Session has a
thread, as each request of a web application has: one that waits for a lock goes on when the other has released it, and
a deadlock ends as it would there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from sqlalchemy import Engine, create_engine, event, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from snippets.library import url


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    balance: Mapped[int]


class Versioned(Base):
    __tablename__ = "versioned"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    balance: Mapped[int]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


# The accounts 1 and 2 hold 10 and 20, the versioned account 1 holds 10. These names are used by the programs below.
NAMES = """\
account_1 = select(Account).where(Account.id == 1)
balance_1 = select(Account.balance).where(Account.id == 1)
rich = Account.balance >= 10
how_many_rich = select(func.count()).select_from(Account).where(rich)
add_1_to_rich = update(Account).where(rich).values(balance=Account.balance + 1)
empty_1 = update(Account).where(Account.id == 1).values(balance=0)
empty_2 = update(Account).where(Account.id == 2).values(balance=0)
balance_2 = select(Account.balance).where(Account.id == 2)
balances = select(Account.balance).order_by(Account.id)
add_5_to_1 = update(Account).where(Account.id == 1).values(balance=Account.balance + 5)
add_7_to_1 = update(Account).where(Account.id == 1).values(balance=Account.balance + 7)
set_1_to_12 = update(Account).where(Account.id == 1).values(balance=12)
set_2_to_18 = update(Account).where(Account.id == 2).values(balance=18)
zero_what_is_20 = update(Account).where(Account.balance == 20).values(balance=0)
"""

# A line is a step; the last is true if the anomaly happened. Each statement is of one Session, or of its object.
ANOMALIES = {
    "dirty-write": """\
a.get(Account, 1).balance = 11; a.flush()
b.get(Account, 1).balance = 12; b.flush()
a.get(Account, 2).balance = 21; a.commit()
b.get(Account, 2).balance = 22; b.commit()
a.scalars(balances).all() not in ([11, 21], [12, 22])""",
    "dirty-read": """\
b.get(Account, 1).balance = 11
b.flush()
seen = a.scalar(balance_1)
b.rollback()
seen == 11""",
    "intermediate-read": """\
b.get(Account, 1).balance = 101; b.flush()
seen = a.scalar(balance_1)
b.get(Account, 1).balance = 11; b.commit()
seen == 101""",
    "circular-reads": """\
a.get(Account, 1).balance = 11; a.flush()
b.get(Account, 2).balance = 22; b.flush()
seen_by_a = a.scalar(balance_2); seen_by_b = b.scalar(balance_1)
a.commit(); b.commit()
(seen_by_a, seen_by_b) == (22, 11)""",
    "vanishing-write": """\
a.get(Account, 1).balance, a.get(Account, 2).balance = 11, 19
a.commit()
b.execute(set_1_to_12)
seen = c.scalars(balances).all()
b.execute(set_2_to_18); b.commit()
seen == [12, 19]""",
    "non-repeatable-read": """\
before = a.scalar(balance_1)
b.get(Account, 1).balance = 11
b.commit()
a.scalar(balance_1) != before""",
    "through-the-identity-map": """\
mine = a.get(Account, 1)
before = mine.balance
b.get(Account, 1).balance = 11
b.commit()
a.scalars(account_1).one().balance != before""",
    "phantom": """\
before = a.scalar(how_many_rich)
b.add(Account(id=3, balance=30))
b.commit()
a.scalar(how_many_rich) != before""",
    "read-skew": """\
before = a.scalar(balance_1)
b.get(Account, 1).balance, b.get(Account, 2).balance = 12, 18
b.commit()
before + a.scalar(balance_2) != 30""",
    "write-after-read-skew": """\
before = a.scalar(balance_1)
b.get(Account, 1).balance, b.get(Account, 2).balance = 12, 18
b.commit()
changed = a.execute(zero_what_is_20).rowcount
changed == 0""",
    "write-to-a-phantom": """\
before = a.scalar(how_many_rich)
b.add(Account(id=3, balance=30))
b.commit()
changed = a.execute(add_1_to_rich).rowcount
changed != before""",
    "lost-update": """\
mine = a.get(Account, 1); yours = b.get(Account, 1)
mine.balance += 5
a.commit()
yours.balance += 7
b.commit()
a.scalar(balance_1) != 22""",
    "added-up-in-sql": """\
mine = a.get(Account, 1); yours = b.get(Account, 1)
mine.balance = Account.balance + 5
a.commit()
yours.balance = Account.balance + 7
b.commit()
a.scalar(balance_1) != 22""",
    "one-update-each": """\
a.execute(add_5_to_1)
b.execute(add_7_to_1)
a.commit()
b.commit()
a.scalar(balance_1) != 22""",
    "with-for-update": """\
mine = a.get(Account, 1, with_for_update=True)
yours = b.get(Account, 1, with_for_update=True)
mine.balance += 5
a.commit()
yours.balance += 7
b.commit()
a.scalar(balance_1) != 22""",
    "version-counter": """\
mine = a.get(Versioned, 1); yours = b.get(Versioned, 1)
mine.balance += 5
a.commit()
yours.balance += 7
b.commit()
a.get(Versioned, 1).balance != 22""",
    "write-skew": """\
a.scalar(how_many_rich); b.scalar(how_many_rich)
a.execute(empty_1)
b.execute(empty_2)
a.commit()
b.commit()
a.scalar(how_many_rich) == 0""",
}
TITLES = {
    "non-repeatable-read": "non-repeatable read",
    "through-the-identity-map": "non-repeatable read of an object",
    "added-up-in-sql": "lost update, added up in SQL",
    "one-update-each": "lost update, one UPDATE each",
    "with-for-update": "lost update, `with_for_update`",
    "version-counter": "lost update, version counter",
}
LEVELS = ("READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")
SERVERS = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
OWNERS = {"mine": "a", "yours": "b"}  # the objects of the programs, and the Sessions that they belong to
BLOCKED = 0.2  # seconds after which a statement waits for a lock: without one it takes some milliseconds
PATIENCE = 20  # seconds within which a wait has ended when the other Sessions are closed
TRIES = 2  # of a cell that waits: a busy machine may be slow without a lock


def compute() -> dict[str, Any]:
    """The server, the levels that it knows, the programs, and every cell: by level, then by anomaly."""
    plain = create_engine(url)
    database = plain.dialect.name
    with plain.connect() as connection:
        version = ".".join(map(str, plain.dialect.server_version_info or ()))
        if database == "sqlite":
            version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        told: dict[str, Any] = {
            "server": f"{SERVERS[database]} {version}",
            "default": connection.get_isolation_level(),
            "accepts": sorted(plain.dialect.get_isolation_level_values(connection.connection.dbapi_connection)),
            "names": NAMES,
            "anomalies": {
                name: {"title": TITLES.get(name, name.replace("-", " ")), "program": program}
                for name, program in ANOMALIES.items()
            },
            "cells": {},
        }
    plain.dispose()
    for name, level, make in configurations(database):
        told["cells"][name] = {
            anomaly: min(tries(make, level, anomaly), key=lambda told: "waits" in told) for anomaly in ANOMALIES
        }
    return told


def tries(make: Callable[[], Engine], level: str | None, anomaly: str) -> Iterator[dict[str, Any]]:
    """A cell, and again if a Session has waited."""
    for _ in range(TRIES):
        yield (found := cell(make, level, anomaly))
        if "waits" not in found:
            return


def cell(make: Callable[[], Engine], level: str | None, anomaly: str) -> dict[str, Any]:
    """Whether the anomaly `happened`, the step that `waits`, if any, and the one that was `refused`, with the error."""
    engine = make()
    try:
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                connection.execute(table.delete())
            connection.execute(insert(Account), [{"id": 1, "balance": 10}, {"id": 2, "balance": 20}])
            connection.execute(insert(Versioned).values(id=1, balance=10, version=1))
        isolated = engine.execution_options(isolation_level=level) if level else engine
        return Run({name: Session(isolated) for name in "abc"}).outcome(ANOMALIES[anomaly].splitlines())
    finally:
        engine.dispose()


class Run:
    """Sessions that take the steps of an anomaly, each in a thread of its own."""

    def __init__(self, sessions: dict[str, Session]) -> None:
        self.sessions = sessions
        self.threads = {name: ThreadPoolExecutor(1) for name in sessions}
        self.taken: list[tuple[int, Future[Any]]] = []
        self.scope: dict[str, Any] = {"Account": Account, "Versioned": Versioned, **sessions}
        exec("from sqlalchemy import func, select, update", self.scope)
        exec(NAMES, self.scope)

    def outcome(self, lines: list[str]) -> dict[str, Any]:
        """Take the steps until one is refused, then close the Sessions, as requests end."""
        waits: int | None = None
        for step, line in enumerate(lines, 1):
            for statement in line.split("; "):
                run = eval if step == len(lines) else exec
                self.taken.append((step, self.threads[owner(statement)].submit(run, statement, self.scope)))
                if self._blocked():
                    waits = waits or step
            if self._refusal():
                break
        closed = [self.threads[name].submit(session.close) for name, session in self.sessions.items()]
        running = wait([*closed, *(future for _, future in self.taken)], PATIENCE).not_done
        for thread in self.threads.values():
            thread.shutdown(wait=not running)
        if running:
            raise AssertionError(f"waits for ever: {lines}")
        found: dict[str, Any] = {"waits": waits} if waits else {}
        if refusal := self._refusal():
            step, error = refusal
            return {"happened": False} | found | {"refused": step} | _told(error)
        return {"happened": bool(self.taken[-1][1].result())} | found

    def _blocked(self) -> bool:
        """Whether a Session waits for a lock. Returns as soon as none is busy."""
        return bool(wait([future for _, future in self.taken], BLOCKED).not_done)

    def _refusal(self) -> tuple[int, SQLAlchemyError] | None:
        """The first step that has raised an error."""
        for step, future in self.taken:
            if future.done() and (error := future.exception()):
                if not isinstance(error, SQLAlchemyError):
                    raise error
                return step, error
        return None


def owner(statement: str) -> str:
    """The Session that a statement uses, by itself or through an object; `a` if it only compares what was read."""
    name = re.search(r"\b([abc])\.|\b(mine|yours)\b", statement)
    return (name[1] or OWNERS[name[2]]) if name else "a"


def _told(error: SQLAlchemyError) -> dict[str, Any]:
    """SQLAlchemy's exception, the database's code for it and its message."""
    driver: Any = getattr(error, "orig", None)
    told = {"error": type(error).__name__, "message": str(driver or error).partition("\n")[0]}
    if driver is None:
        return told
    if hasattr(driver, "sqlite_errorname"):
        return told | {"code": driver.sqlite_errorname}
    if isinstance(driver.args[0], int):  # MariaDB
        number, message = driver.args
        return told | {"message": message, "code": number}
    return told | {"code": driver.sqlstate}


def configurations(database: str) -> Iterator[tuple[str, str | None, Callable[[], Engine]]]:
    """Name, isolation level (None: nothing said), and a function that makes the engine."""
    if database == "sqlite":
        yield "plain create_engine()", None, lambda: create_engine(url)
        yield "SERIALIZABLE, sends BEGIN, WAL", None, lambda: _sqlite("WAL")
        yield "READ UNCOMMITTED, sends BEGIN, WAL", "READ UNCOMMITTED", lambda: _sqlite("WAL")
        yield "SERIALIZABLE, sends BEGIN, no WAL", None, lambda: _sqlite("DELETE")
        return
    for level in LEVELS:
        yield level, level, lambda: _mariadb("OFF") if database == "mariadb" else create_engine(url)
    if database == "mariadb":
        yield "REPEATABLE READ, snapshot isolation", "REPEATABLE READ", lambda: _mariadb("ON")


def _mariadb(snapshot_isolation: str) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET innodb_snapshot_isolation = {snapshot_isolation}")
        connection.commit()

    return engine


def _sqlite(journal: str) -> Engine:
    """With real transactions, as in snippets/library.py."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA journal_mode = {journal}")

    @event.listens_for(engine, "begin")
    def say_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


if __name__ == "__main__":
    print(json.dumps(compute(), indent=1, ensure_ascii=False))
