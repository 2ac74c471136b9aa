"""How two recordings of a story differ, and what is wrong with a file that should hold one.

On SQLite with SQLAlchemy 2.1 a recording is compared as it stands; anywhere else through `tracer.portable`.
"""

from __future__ import annotations

import difflib
import json
import re
from itertools import zip_longest
from pathlib import Path

from tools.content.repository import SUFFIX
from tools.run import fingerprint, variants
from tracer import Recording, load, render_text
from tracer.portable import portable


def alike(story: Path) -> list[list[str]]:
    """The places where a story differs, those together that differ in the same way for the same reason."""
    groups: dict[tuple[str, str], list[str]] = {}
    for place, reason in variants.declared(story).items():
        lines = "\n".join(portable_lines(load(variants.variants(story)[place])))
        groups.setdefault((reason, lines), []).append(place)
    return list(groups.values())


def difference(story: Path, expected: Recording, found: Recording) -> str:
    """Say where two recordings of a story first differ; empty if they tell the same. Versions are not compared."""
    source = story.read_text("utf-8")

    def told(recording: Recording) -> list[list[str]]:
        only = Recording("", "", "", initial=recording.initial)
        steps = [render_text(only, source).splitlines()]
        for number, step in enumerate(recording.steps, 1):
            lines = render_text(Recording("", "", "", steps=[step]), source).splitlines()
            steps.append([lines[0].replace("   1 ", f"{number:>4} ", 1), *lines[1:]])
        return steps

    for before, now in zip(told(expected), told(found), strict=False):
        if before != now:
            lines = [line for line in difflib.ndiff(before, now) if line[0] in "-+"]
            return "\n".join([*now[:1], *lines])
    if len(expected.steps) != len(found.steps):
        return f"{len(expected.steps)} steps are committed, {len(found.steps)} ran"
    what = ("steps", "initial", "classes", "tables")
    same = all(getattr(expected, name) == getattr(found, name) for name in what)
    return "" if same else "the recordings differ in what their text does not show"


def problem(story: Path, found: Recording, place: str) -> str:
    """What is wrong with what a story did at `place`, with the remedy; empty if it is as recorded.

    Raises MarkerError.
    """
    path, default = variants.recording_of(story, place), story.with_suffix(SUFFIX)
    shown = "/".join(story.parts[-3:])
    if wrong := file_problem(story, variants.place_of(story, path), path):
        return wrong
    expected = load(path)
    if not place:
        differs = difference(story, expected, found)
        return differs and f"{shown} no longer does what its recording says; {_remedy(story, place)}\n{differs}"
    differs_here = path != default and default in variants.recordings(story).values()
    if differs_here and portable_lines(load(default)) == portable_lines(expected):
        return f"{shown} declares a difference on {place}, but {path.name} has none: delete both"
    before, now = portable_lines(expected), portable_lines(found)
    step = next((number for number, (a, b) in enumerate(zip_longest(before, now)) if a != b), None)
    if step is None:
        return ""
    remedy = _remedy(story, place) if path != default else f"declare it ('# differs on {place}: why') or mend it"
    both = step < min(len(before), len(now))
    at = f"at step {step}:\n- {before[step]}\n+ {now[step]}" if both else f"{len(before)} and {len(now)} steps"
    return f"{shown} differs on {place} from {path.name}; {remedy}\n{at}"


def file_problem(story: Path, place: str, path: Path) -> str:
    """What is wrong with a story's recording of `place` before it is compared with anything; empty if nothing.

    Its head must say that this story was recorded there, with a version that the project uses, by a tracer that nothing
    kept from it; its steps, that the story's own lines ran. What the default tests do not run is of the text of today.
    """
    shown, name = "/".join(story.parts[-3:]), "/".join(path.parts[-3:])
    if not path.exists():
        return f"{shown} has no recording {path.name}: {_remedy(story, place)}"
    try:
        recording = load(path)
    except (OSError, ValueError) as error:
        return f"{error}; {_remedy(story, place)}"
    database, _, version = place.rpartition("+") if "+" in place else ("", "", "")
    database = database or (place if place in variants.DATABASES else "")
    line = (version or place).removeprefix(variants.VERSION) if variants.VERSION in place else variants.DEFAULT_LINE
    pinned = variants.pinned(story.parents[2], line)
    # A story without a database has recordings where no server is named: the default one, and those of other versions.
    databases = {database, {"mariadb": "mysql"}.get(database, database)} if database else {"sqlite", ""}
    text = fingerprint.of(story) if place else ""
    lines = len(story.read_text("utf-8").splitlines())
    for wrong, why in (
        (recording.program != "/".join(story.parts[-2:]), f"is of {recording.program}"),
        (not f"{recording.sqlalchemy}.".startswith(f"{line}."), f"is of SQLAlchemy {recording.sqlalchemy}, not {line}"),
        (_later(recording.sqlalchemy, pinned), f"is of SQLAlchemy {recording.sqlalchemy}, later than {pinned}"),
        (recording.database not in databases, f"is of {recording.database or 'no database'}"),
        (not recording.steps, "has no steps"),
        (recording.uncaught, f"ends with {recording.uncaught}"),
        (recording.stopped or recording.no_witness or recording.tracer_errors, "is not whole"),
        (any(step.lines[1] > lines for step in recording.steps), "has lines that the story has not"),
        (place and recording.source != text, "is of another text of the story or of what it imports"),
    ):
        if wrong:
            return f"{name}: {why}; {_remedy(story, place)}"
    return ""


def portable_lines(recording: Recording) -> list[str]:
    """The steps as they should be everywhere (tracer/portable.py), a line each; first what there is before them."""
    return [json.dumps(step, ensure_ascii=False) for step in portable(recording)]


def _remedy(story: Path, place: str) -> str:
    return f"if that is right, run {variants.command(story, place)} and read the change"


def _later(version: str, pinned: str) -> bool:
    """Whether a version is later than the pinned one of its line, whose last number may be anything (2.1.0b1)."""

    def numbers(text: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", text)]

    return bool(pinned) and numbers(version) > numbers(pinned)
