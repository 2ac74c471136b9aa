"""Run the stories and the pages on other databases and on SQLAlchemy 2.0: `make test-databases`.

`python -m tools.commands.database_matrix PYTHON …`: each PYTHON is the interpreter of an environment. Every one runs on
each server that can be reached, and where it has another SQLAlchemy than the default also on SQLite. Which server could
not be reached is said at the end, and how to start it; with REQUIRE_DATABASES set that is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tools.run import databases
from tools.run.variants import DEFAULT_LINE

# Of the pages only the English: the Chinese have the same blocks in the same order, which a test says.
TESTS = (
    "docs/en",
    "tests/run/test_recordings.py",
    "tests/content/test_retry_helper.py",
    "tests/content/test_rollback_fixture.py",
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
PATIENCE = 10  # seconds that tests have to end after Ctrl-C
START = {
    "postgresql": "pg_ctl start, or: docker compose -f .ci/compose.yml up -d postgresql",
    "mariadb": "mariadbd-safe, or: docker compose -f .ci/compose.yml up -d mariadb",
}


def reach(name: str) -> str | None:
    """The address of the server `name` (from the variable POSTGRESQL_URL or MARIADB_URL, or a usual one), or None.

    Exits with one line where the variable holds no address.
    """
    given = os.environ.get(f"{name.upper()}_URL")
    for address in [given] if given else SERVERS[name]:
        try:
            databases.answers(make_url(address))
            return address
        except ArgumentError:
            sys.exit(f"{name.upper()}_URL is no address that can be used here: write e.g. {SERVERS[name][0]}")
        except TimeoutError:
            return None  # it takes connections and says nothing, whoever asks
        except (DBAPIError, ImportError):
            continue
    return None


def main(pythons: list[str]) -> int:
    """Run the tests of every cell; return the exit status."""
    reached = {name: reach(name) for name in SERVERS}
    for server in filter(None, reached.values()):
        databases.remove_left_behind(server)
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
            if _run(command, environment):
                failed.append(cell)
    missing = [name for name, server in reached.items() if server is None]
    for name in missing:
        print(f"{name}: not reached, so nothing was run on it; start it ({START[name]}) or set {name.upper()}_URL")
    for cell in failed:
        print(f"failed: {cell}")
    return 1 if failed or (missing and os.environ.get("REQUIRE_DATABASES")) else 0


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command; return its exit status. Ctrl-C ends it too: it gets the time to leave its databases."""
    with subprocess.Popen(command, env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait(PATIENCE)
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
