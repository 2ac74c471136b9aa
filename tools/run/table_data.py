"""The programs that compute tables, tables/<name>/compute.py: what they print, and in which file it lies.

The file is data.json beside the program. Where another database or version has data of its own, table.toml lists
all the files: data = ["data.json", "data.postgresql.json", "data.2.0.json"]
"""

from __future__ import annotations

import contextlib
import io
import re
import tomllib
from pathlib import Path

from tools.content.repository import ROOT
from tools.run import variants

DATA = "data.json"
MEASURE = "measure.py"  # in place of compute.py: what it finds is never alike twice (tools/commands/measure.py)
PROGRAMS = ("compute.py", MEASURE)
_SERVER = re.compile(r'^ "server": .*\n', re.MULTILINE)


class SettingsError(Exception):
    """A table.toml that cannot be read: one line that names it and the remedy."""


def programs(root: Path = ROOT) -> list[Path]:
    """Every program that computes a table."""
    return sorted((root / "tables").glob("*/compute.py"))


def computed_text(program: Path, root: Path = ROOT) -> str:
    """What a program prints, run here and now: its data."""
    from tools.run import sandbox  # brings SQLAlchemy, which drawing does without

    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        sandbox.run(program, root)
    return output.getvalue()


def files(program: Path) -> list[str]:
    """The names of all files of data that a program has, for all databases and versions. Raises SettingsError."""
    path = program.with_name("table.toml")
    try:
        return tomllib.loads(path.read_text("utf-8")).get("data", [DATA])
    except (OSError, ValueError) as error:
        raise SettingsError(f"tables/{program.parent.name}/table.toml: {error}; mend it") from None


def own_data(program: Path, place: str | None = None) -> Path | None:
    """The file that a program writes at `place`, as tools.run.variants names it (by default: here), if it has one.

    Raises SettingsError.
    """
    place = variants.here() if place is None else place
    suffix = place.partition("+")[0].removeprefix(variants.VERSION)
    name = f"data.{suffix}.json" if suffix else DATA
    return program.with_name(name) if name in files(program) else None


def expected_data(program: Path, place: str | None = None) -> Path | None:
    """The file that a program's output is to equal at `place`: its own, else data.json, else None."""
    if own := own_data(program, place):
        return own
    return program.with_name(DATA) if DATA in files(program) else None


def same_data(before: str, now: str) -> bool:
    """Whether two texts hold the same data. The server's version is not compared."""
    return _SERVER.sub("", before) == _SERVER.sub("", now)
