"""An empty database for each run, on the server that DATABASE_URL names."""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from collections.abc import Iterator

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

PREFIX = "story"
LEFT_BEHIND = 2  # hours after which nobody can still be using a database
SECONDS = 3  # how long a server has to answer
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
    except (DBAPIError, ImportError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines() or [type(error).__name__]
        raise NoServer(
            f"the server of DATABASE_URL cannot be reached ({reason[0]}): start it, mend the address, or unset "
            "DATABASE_URL to run on SQLite"
        ) from None


def answers(url: URL) -> None:
    """Connect once. Raises DBAPIError or ImportError."""
    engine = create_engine(url, connect_args={"connect_timeout": SECONDS}, poolclass=NullPool)
    with engine.connect():
        pass


@contextlib.contextmanager
def fresh(server: str | None) -> Iterator[str | None]:
    """The address of an empty database on `server`, which exists until the block ends.

    SQLite needs none: a story's file lies in a folder of its own. The names carry the hour, so that the next run can
    remove what a killed one has left.
    """
    if not server or make_url(server).get_backend_name() == "sqlite":
        yield server
        return
    url = make_url(server)
    name = f"{PREFIX}_{int(time.time()) // 3600}_{secrets.token_hex(6)}"
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


def remove_left_behind(server: str) -> None:
    """Drop what runs that were killed have left on `server`."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    now = int(time.time()) // 3600
    with engine.connect() as connection:
        kind = "postgresql" if connection.dialect.name == "postgresql" else "mariadb"
        for name in connection.scalars(text(NAMES[kind])).all():
            match = re.fullmatch(rf"{PREFIX}_(\d+)_[0-9a-f]+", name)
            if match and now - int(match[1]) >= LEFT_BEHIND:
                _drop(connection, name)
    engine.dispose()
