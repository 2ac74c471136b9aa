"""Measure what tables of measured times show: `python -m tools.commands.measure [TABLE …]`, or `make measure`.

A program tables/<name>/measure.py prints what it has measured on one database, as JSON. It runs on SQLite and on each
server that can be reached; data.json beside it then says when, with which SQLAlchemy, and what on each database.
Measured times are never alike twice, so no test compares them.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy

from tools.commands import database_matrix
from tools.content import writing
from tools.content.repository import ROOT
from tools.run import table_data
from tools.run.sandbox import ProgramFailed, apart


def programs(root: Path = ROOT) -> list[Path]:
    """Every program that measures."""
    return sorted((root / "tables").glob(f"*/{table_data.MEASURE}"))


def main(names: list[str], root: Path = ROOT, reach: Callable[[str], str | None] = database_matrix.reach) -> int:
    """Measure the tables named, or all, on every database; write their data and return the exit status.

    `reach` says the address of a server, None if it cannot be reached: then nothing is measured.
    """
    asked = [path for path in programs(root) if not names or path.parent.name in names]
    unknown = sorted({*names} - {path.parent.name for path in asked})
    if unknown:
        print(f"no table {unknown[0]} is measured: name one of {', '.join(p.parent.name for p in programs(root))}")
        return 1
    servers: dict[str, str | None] = {"sqlite": None}
    for name in database_matrix.SERVERS:
        servers[name] = reach(name)
        if servers[name] is None:
            print(f"{name}: not reached, so nothing is measured; start it ({database_matrix.START[name]})")
            return 1
    try:
        for program in asked:
            found = {name: _measured(program, server, root) for name, server in servers.items()}
            path = program.with_name(table_data.DATA)
            writing.write(path, _text(found))
            print(f"wrote {path.relative_to(root).as_posix()}: read what changed before you commit it")
    except ProgramFailed as error:
        print(error)
        return 1
    return 0


def _measured(program: Path, server: str | None, root: Path) -> Any:
    """What a program prints on a server, None: on SQLite. Raises ProgramFailed."""
    before = os.environ.pop("DATABASE_URL", None)
    if server:
        os.environ["DATABASE_URL"] = server
    try:
        ((_, result),) = apart(functools.partial(table_data.computed_text, root=root), [program])
    finally:
        os.environ.pop("DATABASE_URL", None)
        if before is not None:
            os.environ["DATABASE_URL"] = before
    if isinstance(result, ProgramFailed):
        raise result
    return json.loads(result)


def _text(found: dict[str, Any]) -> str:
    """The file of data: when and with what it was measured, and what was found on each database."""
    today = datetime.datetime.now(datetime.UTC).date()
    data = {"measured": today.isoformat(), "sqlalchemy": sqlalchemy.__version__, "databases": found}
    return json.dumps(data, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
