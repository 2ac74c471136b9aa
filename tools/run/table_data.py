"""The data of the programs in snippets/reference: what they compute, and in which file it lies."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from tools.content.repository import ROOT
from tools.run import sandbox, variants

BY_DATABASE = {"isolation"}  # programs whose data differ: each database has a file of its own
BY_VERSION = {"changes"}  # the same for SQLAlchemy 2.0: changes.2.0.json
_SERVER = re.compile(r'^ "server": .*\n', re.MULTILINE)


def computed_text(program: Path, root: Path = ROOT) -> str:
    """What a program prints, run here and now: its data."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        sandbox.run(program, root)
    return output.getvalue()


def data_path(program: Path, place: str | None = None) -> Path:
    """Where the data of a program lie: beside it. `place`: as tools.run.variants says it; by default, here."""
    place = variants.here() if place is None else place
    database, version = place.partition("+")[0], place.removeprefix(variants.VERSION)
    if program.stem in BY_DATABASE and database in variants.DATABASES:
        return program.with_suffix(f".{database}.json")
    if program.stem in BY_VERSION and version != place:
        return program.with_suffix(f".{version}.json")
    return program.with_suffix(".json")


def same_data(before: str, now: str) -> bool:
    """Whether two texts hold the same data. The server's version is not compared."""
    return _SERVER.sub("", before) == _SERVER.sub("", now)
