"""Run the stories and the pages on other databases and on SQLAlchemy 2.0: `python -m tools.run.databases PYTHON …`.

Each PYTHON is the interpreter of an environment. Every one runs on each server that can be reached, and where it has
another SQLAlchemy than the default also on SQLite. Which server could not be reached is said at the end, and how to
start it; with REQUIRE_DATABASES set that is a failure.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator

from sqlalchemy import Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from tools.run.variants import DEFAULT_LINE

PREFIX = "story"
LEFT_BEHIND = 2  # hours after which nobody can still be using a database
NAMES = {  # lists a server's databases
    "postgresql": "SELECT datname FROM pg_database",
    "mariadb": "SELECT schema_name FROM information_schema.schemata",
}
# Of the pages only the English: the Chinese have the same blocks in the same order, which a test says.
TESTS = (
    "docs/en",
    "tests/run/test_recordings.py",
    "tests/tables/test_data.py",
    "tests/run/test_databases.py",
    "tests/tracer",
)
# Where a server usually listens: as a developer's own, and as .ci/compose.yml starts it.
SERVERS = {
    "postgresql": (
        "postgresql+psycopg:///postgres",
        "postgresql+psycopg://postgres@127.0.0.1/postgres",
        "postgresql+psycopg://postgres:story@127.0.0.1/postgres",
    ),
    "mariadb": (
        "mariadb+pymysql://root@127.0.0.1/",
        "mariadb+pymysql://root:story@127.0.0.1/",
    ),
}
START = {
    "postgresql": "pg_ctl start, or: docker compose -f .ci/compose.yml up -d postgresql",
    "mariadb": "mariadbd-safe, or: docker compose -f .ci/compose.yml up -d mariadb",
}


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


def reach(name: str) -> str | None:
    """The address of the server `name` (from the variable POSTGRESQL_URL or MARIADB_URL, or a usual one), or None.

    Exits with one line where the variable holds no address.
    """
    given = os.environ.get(f"{name.upper()}_URL")
    for address in [given] if given else SERVERS[name]:
        try:
            url = make_url(address)
            url.get_dialect()
        except ArgumentError:
            sys.exit(f"{name.upper()}_URL is no address that SQLAlchemy knows: write e.g. {SERVERS[name][0]}")
        with contextlib.suppress(DBAPIError, ImportError):
            engine = create_engine(url, connect_args={"connect_timeout": 2})
            with engine.connect():
                return address
    return None


def main(pythons: list[str]) -> int:
    """Run the tests of every cell; return the exit status."""
    reached = {name: reach(name) for name in SERVERS}
    for server in filter(None, reached.values()):
        remove_left_behind(server)
    failed = []
    for python in pythons or [sys.executable]:
        version = subprocess.check_output(
            [python, "-c", "import sqlalchemy; print(sqlalchemy.__version__)"], text=True
        ).strip()
        cells = dict(reached) if version.startswith(DEFAULT_LINE) else {"sqlite": None, **reached}
        for name, server in cells.items():
            if name != "sqlite" and server is None:
                continue
            cell = f"SQLAlchemy {version} on {name}"
            print(f"== {cell}", flush=True)
            environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            if server:
                environment["DATABASE_URL"] = server
            command = [python, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *TESTS]
            if subprocess.run(command, env=environment).returncode:
                failed.append(cell)
    missing = [name for name, server in reached.items() if server is None]
    for name in missing:
        print(f"{name}: not reached, so nothing was run on it; start it ({START[name]}) or set {name.upper()}_URL")
    for cell in failed:
        print(f"failed: {cell}")
    return 1 if failed or (missing and os.environ.get("REQUIRE_DATABASES")) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
