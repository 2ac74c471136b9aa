"""An empty database for each run, on the server that DATABASE_URL names.

A database's name says the hour, the machine and the process that made it, so that the next run can remove what a killed
one has left: at once on the same machine, and hours later from another one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import secrets
import threading
import time
from collections.abc import Iterator

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from tools.content.writing import process_runs

PREFIX = "story"
LEFT_BEHIND = 2  # hours after which nobody can still be using a database
SECONDS = 2  # how long a server has to answer
MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
NAME = re.compile(rf"{PREFIX}_(?P<hour>\d+)_(?P<machine>[0-9a-f]+)(?:_(?P<process>\d+)_[0-9a-f]+)?")
NAMES = {  # lists a server's databases
    "postgresql": "SELECT datname FROM pg_database",
    "mariadb": "SELECT schema_name FROM information_schema.schemata",
}


class NoServer(Exception):
    """The server of DATABASE_URL cannot be used: one line with the remedy, without the address, which may be secret."""


def check(server: str | None) -> None:
    """Ask the server for an answer, within seconds. Raises NoServer."""
    if not server or make_url(server).get_backend_name() == "sqlite":
        return
    try:
        answers(make_url(server))
    except (DBAPIError, ImportError, TimeoutError, ArgumentError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines() or [type(error).__name__]
        raise NoServer(
            f"the server of DATABASE_URL cannot be reached ({reason[0]}): start it, mend the address, or unset "
            "DATABASE_URL to run on SQLite"
        ) from None


def answers(url: URL) -> None:
    """Connect once. Raises DBAPIError, ImportError, TimeoutError, or ArgumentError for an address of no use here."""
    try:
        dialect = url.get_dialect()
    except NoSuchModuleError as error:
        raise ArgumentError(str(error)) from None
    if dialect.is_async:
        raise ArgumentError(f"{url.drivername} is a driver for asyncio: name another, such as postgresql+psycopg")
    engine = create_engine(url, connect_args={"connect_timeout": SECONDS}, poolclass=NullPool)
    errors: list[Exception] = []

    def connect() -> None:
        try:
            with engine.connect():
                pass
        except Exception as error:
            errors.append(error)

    # Apart, because a driver may wait for ever for a server that takes the connection and says nothing.
    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if thread.is_alive():
        raise TimeoutError(f"no answer within {SECONDS} s")
    if errors:
        raise errors[0]


@contextlib.contextmanager
def fresh(server: str | None) -> Iterator[str | None]:
    """The address of an empty database on `server`, which exists until the block ends.

    SQLite needs none: a story's file lies in a folder of its own.
    """
    if not server or make_url(server).get_backend_name() == "sqlite":
        yield server
        return
    url = make_url(server)
    name = f"{PREFIX}_{int(time.time()) // 3600}_{MACHINE}_{os.getpid()}_{secrets.token_hex(4)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            _drop(connection, name)


def _drop(connection: Connection, name: str) -> None:
    """Drop a database. Raises DBAPIError where a transaction that was left open is still in it, after 5 seconds."""
    if connection.dialect.name == "postgresql":
        # It waits for everybody to leave; a pool's idle connection never would.
        idle = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND state = 'idle'")
        connection.execute(idle, {"name": name})
    else:
        connection.execute(text("SET lock_wait_timeout = 5"))
    connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))


def remove_left_behind(server: str | None) -> None:
    """Drop what runs that were killed have left on `server`."""
    if not server or make_url(server).get_backend_name() == "sqlite":
        return
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        kind = "postgresql" if connection.dialect.name == "postgresql" else "mariadb"
        for name in connection.scalars(text(NAMES[kind])).all():
            if _left_behind(name):
                with contextlib.suppress(DBAPIError):  # another run may be removing it, too
                    _drop(connection, name)


def _left_behind(name: str) -> bool:
    """Whether nobody can still be using the database of this name."""
    match = NAME.fullmatch(name)
    if match is None:
        return False
    if int(time.time()) // 3600 - int(match["hour"]) >= LEFT_BEHIND:
        return True
    return match["machine"] == MACHINE and match["process"] is not None and not process_runs(int(match["process"]))
