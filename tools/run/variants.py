"""Compare what a story does here with its committed recording, on any database and SQLAlchemy 2.x.

On SQLite with SQLAlchemy 2.1 a recording is compared as it stands; anywhere else through `tracer.portable`. Where a
story really differs, a comment beside its imports declares it, and a recording of its own lies beside it:

    # differs on postgresql, mariadb: a rolled-back INSERT
    #   leaves a gap in the keys

    only_commit.trace.jsonl   only_commit.postgresql.trace.jsonl   only_commit.mariadb.trace.jsonl
"""

from __future__ import annotations

import difflib
import json
import os
import re
from pathlib import Path

from tools.content.repository import SUFFIX, Repository
from tracer import text
from tracer.portable import portable
from tracer.recording import Recording, load

DEFAULT_LINE = "2.1"  # of SQLAlchemy
DATABASES = ("postgresql", "mariadb")
VERSION = "sqlalchemy-"
PLACES = (*DATABASES, f"{VERSION}2.0")
DECLARED = re.compile(r"^# differs on ([\w ,.-]+): (.*(?:\n#   .*)*)", re.MULTILINE)


class DeclarationError(Exception):
    """A declared difference that cannot be right: one line that names the story and the remedy."""


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
    """Where a story differs, and why. Raises DeclarationError for a place that does not exist."""
    found = {}
    for places, reason in DECLARED.findall(story.read_text("utf-8")):
        for place in places.split(", "):
            if not set(place.split("+")) <= set(PLACES):
                raise DeclarationError(f"{story.name}: '{place}' is none of {', '.join(PLACES)}: mend 'differs on'")
            found[place] = " ".join(line.removeprefix("#").strip() for line in reason.splitlines())
    return found


def recording_of(story: Path, place: str) -> Path:
    """The file that says what a story does at `place`: its own where that is declared, else the default one."""
    differing = declared(story)
    for candidate in (place, *place.split("+")):
        if candidate in differing:
            return story.with_suffix(f".{candidate}{SUFFIX}")
    return story.with_suffix(SUFFIX)


def variants(story: Path) -> dict[str, Path]:
    """The recordings of a story that differ from the default one, by place."""
    return {place: story.with_suffix(f".{place}{SUFFIX}") for place in declared(story)}


def orphans(repository: Repository) -> list[Path]:
    """The recordings that belong to no story, and to no place that a story declares."""
    known = {path for story in repository.stories for path in (story.with_suffix(SUFFIX), *variants(story).values())}
    return sorted(set(repository.snippets.glob(f"*/*{SUFFIX}")) - known)


def alike(story: Path) -> list[list[str]]:
    """The places where a story differs, those together that differ in the same way for the same reason."""
    groups: dict[tuple[str, str], list[str]] = {}
    for place, reason in declared(story).items():
        groups.setdefault((reason, "\n".join(_lines(load(variants(story)[place])))), []).append(place)
    return list(groups.values())


def difference(story: Path, expected: Recording, found: Recording) -> str:
    """Say where two recordings of a story first differ; empty if they tell the same. Versions are not compared."""
    source = story.read_text("utf-8")

    def told(recording: Recording) -> list[list[str]]:
        only = Recording("", "", "", initial=recording.initial)
        steps = [text.render(only, source).splitlines()]
        for number, step in enumerate(recording.steps, 1):
            lines = text.render(Recording("", "", "", steps=[step]), source).splitlines()
            steps.append([lines[0].replace("   1 ", f"{number:>4} ", 1), *lines[1:]])
        return steps

    for before, now in zip(told(expected), told(found), strict=False):
        if before != now:
            lines = [line for line in difflib.ndiff(before, now) if line[0] in "-+"]
            return "\n".join([now[0], *lines])
    if len(expected.steps) != len(found.steps):
        return f"{len(expected.steps)} steps are committed, {len(found.steps)} ran"
    same = (expected.steps, expected.initial) == (found.steps, found.initial)
    return "" if same else "the recordings differ in what their text does not show"


def problem(story: Path, found: Recording, place: str) -> str:
    """What is wrong with what a story did at `place`, with the remedy; empty if it is as recorded."""
    path, default = recording_of(story, place), story.with_suffix(SUFFIX)
    shown = "/".join(story.parts[-3:])
    if not path.exists():
        return f"{shown} has no recording {path.name}: {_remedy(story, place)}"
    expected = load(path)
    if not place:
        differs = difference(story, expected, found)
        return differs and f"{shown} no longer does what its recording says; {_remedy(story, place)}\n{differs}"
    if path != default and _lines(load(default)) == _lines(expected):
        return f"{shown} declares a difference on {place}, but {path.name} has none: delete both"
    before, now = _lines(expected), _lines(found)
    step = next((number for number, (a, b) in enumerate(zip(before, now, strict=False)) if a != b), None)
    if step is None and len(before) == len(now):
        return ""
    remedy = _remedy(story, place) if path != default else f"declare it ('# differs on {place}: why') or mend it"
    at = (
        f"at step {step}:\n- {before[step]}\n+ {now[step]}"
        if step is not None
        else f"{len(before)} and {len(now)} steps"
    )
    return f"{shown} differs on {place} from {path.name}; {remedy}\n{at}"


def _lines(recording: Recording) -> list[str]:
    return [json.dumps(step, ensure_ascii=False) for step in portable(recording)]


def _remedy(story: Path, place: str) -> str:
    name = "/".join(story.parts[-2:])
    where = "with DATABASE_URL set, " if "postgresql" in place or "mariadb" in place else ""
    return f"if that is right, {where}run make record STORY={name} and read the change"
