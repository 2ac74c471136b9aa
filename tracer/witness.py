"""The other connection: what somebody else sees in the tables.

It is a connection of the driver itself, with autocommit. It never goes through the traced engine or its pool, so the
program cannot tell that it is there; and it never waits for a lock longer than a moment.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import URL

MAX_ROWS, MAX_TABLES = 30, 40
_SCHEMA = "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = "
_TABLES = {
    "sqlite": r"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'",
    "postgresql": _SCHEMA + "current_schema()",
    "mysql": _SCHEMA + "database()",
}
# Tells whether others have committed since: as long as it stays the same, no row has changed.
_VERSIONS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}


class NoWitness(Exception):
    """There can be no second connection; says why."""


def sort_key(row: Any) -> list[tuple[bool, bool, Any]]:
    """Rows with NULLs and mixed types in one order on every database."""
    return [(v is None, not isinstance(v, (int, float)), v if isinstance(v, (int, float)) else str(v)) for v in row]


class Witness:
    """A second connection to the database of `url`. Raises NoWitness."""

    def __init__(self, url: URL) -> None:
        self.database = backend(url)
        self._version, self._seen = None, {}
        self.columns: dict[str, list[str]] = {}  # of each table that was read
        connect = _CONNECT.get(self.database)
        if connect is None:
            raise NoWitness(f"the tracer cannot open a second connection to {self.database}")
        self._url, self._file = url, _identity(url)
        try:
            self.connection = connect(url)
        except NoWitness:
            raise
        except Exception as error:
            raise NoWitness(_first_line(error)) from None

    def read(self, show: Callable[[Any], Any] = lambda value: value) -> dict[str, Any]:
        """Each table's rows, every value passed through `show`, in a stable order, at most MAX_ROWS of them and
        then their number.

        When a lock is in the way, `{"*": "not readable: …"}`.
        """
        try:
            self._follow_file()
            # Asked before the rows are: what is committed meanwhile is read again the next time.
            version = self._rows(_VERSIONS[self.database]) if self.database in _VERSIONS else None
            if version is not None and version == self._version:
                return self._seen
            self._version, seen = None, {}
            for (table,) in sorted(self._rows(_TABLES[self.database]))[:MAX_TABLES]:
                query = f"SELECT * FROM {self._quoted(table)} ORDER BY 1 LIMIT {MAX_ROWS + 1}"
                rows = self._rows(query, self.columns.setdefault(table, []))
                seen[table] = sorted(([show(value) for value in row] for row in rows), key=sort_key)[:MAX_ROWS]
                if len(rows) > MAX_ROWS:
                    ((count,),) = self._rows(f"SELECT count(*) FROM {self._quoted(table)}")
                    seen[table].append(count)
            self._version, self._seen = version, seen
            return seen
        except Exception as error:
            return {"*": f"not readable: {type(error).__name__}: {_first_line(error)}"}

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _quoted(self, table: str) -> str:
        quote = "`" if self.database == "mysql" else '"'
        return quote + table.replace(quote, quote * 2) + quote

    def _follow_file(self) -> None:
        """Read the new file where the program has removed the old one of a SQLite database."""
        if self.database == "sqlite" and (now := _identity(self._url)) not in (None, self._file):
            self.connection.close()
            self._file, self._version, self.connection = now, None, _sqlite(self._url)

    def _rows(self, sql: str, columns: list[str] | None = None) -> list[Any]:
        """The rows of a query; the names of its columns go to `columns`."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(sql)
            if columns is not None:
                columns[:] = [column[0] for column in cursor.description]
            return list(cursor.fetchall())
        finally:
            cursor.close()


def backend(url: URL) -> str:
    """The kind of database: sqlite, postgresql, mysql (MariaDB too), or what SQLAlchemy calls it."""
    return {"mariadb": "mysql"}.get(url.get_backend_name(), url.get_backend_name())


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _identity(url: URL) -> tuple[int, int] | None:
    """Which file a SQLite database is: another one may take its name."""
    try:
        found = os.stat(url.database or "")
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _sqlite(url: URL) -> Any:
    name, is_uri = url.database or ":memory:", False
    if name.startswith("file:"):
        query = "&".join(f"{key}={value}" for key, value in url.query.items() if key != "uri")
        name, is_uri = f"{name}?{query}", True
    if ":memory:" in name or "mode=memory" in name or "vfs=memdb" in name:
        raise NoWitness("a database in memory has no second connection that sees what is committed")
    if not is_uri and not os.path.exists(name):
        raise NoWitness(f"the program's connection is not to the file {name}")
    return sqlite3.connect(name, timeout=0, isolation_level=None, check_same_thread=False, uri=is_uri)


def _postgresql(url: URL) -> Any:
    import psycopg

    options = f"{url.query.get('options', '')} -c lock_timeout=100".strip()
    address = url.set(drivername="postgresql").difference_update_query(["options"])
    text = address.render_as_string(hide_password=False)
    return psycopg.connect(text, autocommit=True, application_name="witness", options=options)


def _mysql(url: URL) -> Any:
    import pymysql

    connection = pymysql.connect(
        host=url.host,
        port=url.port or 3306,
        user=url.username,
        password=url.password or "",
        database=url.database,
        unix_socket=url.query.get("unix_socket"),
        autocommit=True,
        init_command="SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1",
    )
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
    return connection


_CONNECT = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}
