"""What one Session can see and spoil of another: isolation levels × sixteen anomalies, on the database of DATABASE_URL.

Two Sessions, `a` and `b`, run the lines of an anomaly in one thread, one after the other; `c`, where it occurs, only
reads. A wait for a lock would last for ever there, so every server is told to give up at once: the wait shows as an
error.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
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
set_1_to_12 = update(Account).where(Account.id == 1).values(balance=12)
set_2_to_18 = update(Account).where(Account.id == 2).values(balance=18)
zero_what_is_20 = update(Account).where(Account.balance == 20).values(balance=0)
"""

# The last line of each is true if the anomaly happened.
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
seen = a.scalar(balance_2), b.scalar(balance_1)
a.commit(); b.commit()
seen == (22, 11)""",
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
mine, yours = a.get(Account, 1), b.get(Account, 1)
mine.balance += 5
a.commit()
yours.balance += 7
b.commit()
a.scalar(balance_1) != 22""",
    "added-up-in-sql": """\
mine, yours = a.get(Account, 1), b.get(Account, 1)
mine.balance = Account.balance + 5
a.commit()
yours.balance = Account.balance + 7
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
mine, yours = a.get(Versioned, 1), b.get(Versioned, 1)
mine.balance += 5
a.commit()
yours.balance += 7
b.commit()
a.get(Versioned, 1).balance != 22""",
    "write-skew": """\
a.scalar(how_many_rich), b.scalar(how_many_rich)
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
    "with-for-update": "lost update, `with_for_update`",
    "version-counter": "lost update, version counter",
}
LEVELS = ("READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")
SERVERS = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
WAITS = ("55P03", 1205)  # gave up waiting for a lock: SQLSTATE of PostgreSQL, error of MariaDB
PATIENCE = 0.1  # seconds that SQLite waits for a lock
TRIES = 3  # of a cell where waiting is told by the clock: a busy machine may be slow without it


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
    tries = TRIES if database == "sqlite" else 1
    for name, level, make in configurations(database):
        told["cells"][name] = {
            anomaly: min((cell(make, level, anomaly) for _ in range(tries)), key=lambda told: told.get("waits", False))
            for anomaly in ANOMALIES
        }
    return told


def cell(make: Callable[[], Engine], level: str | None, anomaly: str) -> dict[str, Any]:
    """Run the lines of an anomaly: `happened`, or the `line` (from 1) that was refused, and the error."""
    engine = make()
    try:
        Base.metadata.create_all(engine)
        with engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                connection.execute(table.delete())
            connection.execute(insert(Account), [{"id": 1, "balance": 10}, {"id": 2, "balance": 20}])
            connection.execute(insert(Versioned).values(id=1, balance=10, version=1))
        isolated = engine.execution_options(isolation_level=level) if level else engine
        with Session(isolated) as a, Session(isolated) as b, Session(isolated) as c:
            return _run(ANOMALIES[anomaly].splitlines(), a=a, b=b, c=c)
    finally:
        engine.dispose()  # a lock must not outlive its cell


def _run(lines: list[str], **sessions: Session) -> dict[str, Any]:
    scope: dict[str, Any] = {"Account": Account, "Versioned": Versioned, **sessions}
    exec("from sqlalchemy import func, select, update", scope)
    exec(NAMES, scope)
    for number, line in enumerate(lines, 1):
        began = time.monotonic()
        try:
            if number < len(lines):
                exec(line, scope)
            else:
                return {"happened": bool(eval(line, scope))}
        except SQLAlchemyError as error:
            return {"happened": False, "line": number} | _told(error, time.monotonic() - began)
    raise AssertionError("unreachable")


def _told(error: SQLAlchemyError, seconds: float) -> dict[str, Any]:
    """SQLAlchemy's exception, the database's code for it and its message, and whether it was a wait for a lock."""
    driver: Any = getattr(error, "orig", None)
    if driver is None:
        return {"error": type(error).__name__, "message": str(error).partition("\n")[0]}
    told = {"error": type(error).__name__, "message": str(driver).partition("\n")[0]}
    if hasattr(driver, "sqlite_errorname"):
        return told | {"code": driver.sqlite_errorname, "waits": seconds >= PATIENCE}
    if isinstance(driver.args[0], int):  # MariaDB
        number, message = driver.args
        return told | {"message": message, "code": number, "waits": number in WAITS}
    return told | {"code": driver.sqlstate, "waits": driver.sqlstate in WAITS}


def configurations(database: str) -> Iterator[tuple[str, str | None, Callable[[], Engine]]]:
    """Name, isolation level (None: nothing said), and a function that makes the engine."""
    if database == "sqlite":
        yield "SERIALIZABLE, two listeners and WAL", None, lambda: _sqlite("WAL")
        yield "READ UNCOMMITTED, two listeners and WAL", "READ UNCOMMITTED", lambda: _sqlite("WAL")
        yield "SERIALIZABLE, two listeners without WAL", None, lambda: _sqlite("DELETE")
        yield "plain create_engine()", None, lambda: create_engine(url, connect_args={"timeout": PATIENCE})
        return
    settings = {
        "postgresql": ["SET lock_timeout = 200", "SET deadlock_timeout = 100"],
        "mariadb": ["SET innodb_lock_wait_timeout = 0", "SET innodb_snapshot_isolation = OFF"],
    }[database]
    for level in LEVELS:
        yield level, level, lambda: _server(settings)
    if database == "mariadb":
        snapshot = [settings[0], "SET innodb_snapshot_isolation = ON"]
        yield "REPEATABLE READ, snapshot isolation", "REPEATABLE READ", lambda: _server(snapshot)


def _server(settings: list[str]) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            for setting in settings:
                cursor.execute(setting)
        connection.commit()

    return engine


def _sqlite(journal: str) -> Engine:
    """With real transactions, as in snippets/library.py."""
    engine = create_engine(url, connect_args={"timeout": PATIENCE})

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
