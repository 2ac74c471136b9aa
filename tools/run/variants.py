"""The recordings that a story has, and where they hold.

Most stories have one, which holds everywhere. Where a story really differs, it declares that, and a recording of its
own lies beside it; one that needs a server has one for each database (tools/run/markers.py):

    only_commit.trace.jsonl   only_commit.postgresql.trace.jsonl   only_commit.mariadb.trace.jsonl
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from tools.content.repository import SUFFIX, Repository
from tools.run import markers
from tools.run.markers import DATABASES, PLACES, VERSION, MarkerError

ADDRESSES = {  # of databases on this machine, as remedies name them
    "postgresql": "postgresql+psycopg:///postgres",
    "mariadb": "mariadb+pymysql://root@127.0.0.1/",
}
__all__ = ["DATABASES", "DEFAULT_LINE", "PLACES", "VERSION", "AddressError", "MarkerError"]
DEFAULT_LINE = "2.1"  # of SQLAlchemy


class AddressError(Exception):
    """DATABASE_URL is no address of a database: one line with the remedy, not what it holds, which may be secret."""


def here() -> str:
    """Where this process runs: empty on SQLite with SQLAlchemy 2.1, else a database, a version, or both with a `+`.

    Raises AddressError.
    """
    import sqlalchemy  # not above: a build compares recordings, and does without it

    try:
        database = sqlalchemy.make_url(os.environ.get("DATABASE_URL") or "sqlite://").get_backend_name()
    except sqlalchemy.exc.ArgumentError:
        raise AddressError(
            "DATABASE_URL is no address that SQLAlchemy knows: unset it, or write postgresql+psycopg:///postgres"
        ) from None
    line = ".".join(sqlalchemy.__version__.split(".")[:2])
    places = [{"mysql": "mariadb"}.get(database, database)] if database != "sqlite" else []
    return "+".join([*places, *([f"{VERSION}{line}"] if line != DEFAULT_LINE else [])])


def declared(story: Path) -> dict[str, str]:
    """Where a story differs, and why. Raises MarkerError."""
    return markers.read(story).differs


def recordings(story: Path) -> dict[str, Path]:
    """All recordings that a story has, by place; that of the empty place holds wherever there is none of its own.

    Raises MarkerError.
    """
    said = markers.read(story)
    if said.not_recorded:
        return {}
    return {place: _path(story, place) for place in (said.needs or ("", *said.differs))}


def variants(story: Path) -> dict[str, Path]:
    """The recordings of a story that differ from the default one, by place. Raises MarkerError."""
    return {place: _path(story, place) for place in declared(story)}


def recording_of(story: Path, place: str) -> Path:
    """The file that says what a story does at `place`: its own where that is declared, else the default one.

    Raises MarkerError.
    """
    own = recordings(story)
    return next((own[part] for part in (place, *place.split("+")) if part in own), _path(story, ""))


def place_of(story: Path, path: Path) -> str:
    """The place that one of a story's recordings is of. Raises MarkerError."""
    return next((place for place, own in recordings(story).items() if own == path), "")


def main_recording(story: Path) -> Path:
    """The recording that a page shows first. Raises MarkerError."""
    return next(iter(recordings(story).values()), _path(story, ""))


def command(story: Path, place: str) -> str:
    """The command that records a story at a place."""
    name = "/".join(story.parts[-2:]).removesuffix(".py")
    record = f"make record STORY={name}"
    if VERSION in place:  # make uses the default line
        record = f".venv-{place.partition(VERSION)[2]}/bin/python -m tools.commands.record {name}"
    address = next((address for database, address in ADDRESSES.items() if database in place), "")
    return f"{record} with DATABASE_URL={address}" if address else record


def pinned(root: Path, line: str) -> str:
    """The version of SQLAlchemy that a line is pinned to, 2.1 or 2.0; empty where none is."""
    pin = re.compile(rf"^sqlalchemy==({re.escape(line)}\.\w+)", re.MULTILINE)
    paths = (root / ".ci" / f"{VERSION}{line}.in", root / "requirements.in")
    found = (pin.search(path.read_text("utf-8")) for path in paths if path.exists())
    return next((match[1] for match in found if match), "")


def _path(story: Path, place: str) -> Path:
    return story.with_suffix(f".{place}{SUFFIX}" if place else SUFFIX)


def orphans(repository: Repository) -> list[Path]:
    """The recordings that belong to no story, or to no place that a story declares. Raises MarkerError."""
    known = {path for story in repository.stories for path in recordings(story).values()}
    return sorted(set(repository.snippets.glob(f"*/*{SUFFIX}")) - known)
