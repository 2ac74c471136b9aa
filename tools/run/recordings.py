"""What a story did: make its recording, and check it."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from sqlalchemy import exc

import tracer
from tools.content.repository import ROOT
from tools.run import databases, markers, reach, sandbox, story_facts
from tools.run.sandbox import ProgramFailed
from tracer import Recording, comments
from tracer.facts import SIGN
from tracer.recording import UNUSED
from tracer.runs import runs


def record_story(story: Path, root: Path = ROOT, echo: TextIO | None = None) -> Recording:
    """Run a story here and now, in the present folder, and record it; print to `echo` too. Raises ProgramFailed."""
    name, source = story.relative_to(root).as_posix(), story.read_text("utf-8")
    sys.path.insert(0, str(root))
    try:
        recording = tracer.record(source, str(story), program=name.removeprefix("snippets/"), echo=echo)
    except SyntaxError as error:
        raise ProgramFailed(f"{name}:{error.lineno}: does not parse: {error.msg}; mend it") from None
    finally:
        sys.path.remove(str(root))
    module = name.removesuffix(".py").replace("/", ".")
    if recording.uncaught:
        where = f"{name}:{recording.steps[-1].lines[0]}" if recording.steps else name
        raise ProgramFailed(f"{where}: ended with {recording.uncaught}; run it: python -m {module}")
    if recording.tracer_errors:
        raise ProgramFailed(f"{name}: the tracer failed: {recording.tracer_errors[0]}; mend the tracer")
    if recording.stopped:
        count = len(recording.steps)
        raise ProgramFailed(f"{name}: has more than {count} steps; move its loops above '# --- story' or shorten them")
    if recording.no_witness:
        raise ProgramFailed(f"{name}: no other connection can look: {recording.no_witness}; use the library's engine")
    if open_connections(recording):
        raise ProgramFailed(f"{name}: leaves a connection behind: close its Sessions and connections at the end")
    for step in recording.steps:
        printed = "".join(event["text"] for event in step.events if event["event"] == "output")
        if what := reach.surroundings(printed, source):
            line = step.lines[0]
            raise ProgramFailed(f"{name}:{line}: prints {what}, which is different elsewhere: print what is not")
    return recording


def open_connections(recording: Recording) -> list[str]:
    """The labels of the connections that are not back in their pool at the end."""
    states = list(recording.states())
    last = states[-1].get("connections", {}) if states else {}
    return [label for label, state in last.items() if state not in UNUSED]


def checked(story: Path, root: Path = ROOT) -> str:
    """Run a story that is not recorded, here and now; return nothing. Raises ProgramFailed and what it raises."""
    name = story.relative_to(root).as_posix()
    for number, line in enumerate(story.read_text("utf-8").splitlines(), 1):
        if line.lstrip().startswith(SIGN):
            raise ProgramFailed(f"{name}:{number}: {SIGN} needs a recording, and this is not recorded: write an assert")
    with contextlib.redirect_stdout(io.StringIO()):
        sandbox.run(story, root)
    return ""


def recorded_text(story: Path, root: Path = ROOT) -> str:
    """The text of a story's recording, made here and now; empty for one that is not recorded.

    MariaDB's messages name the database, and each run has another one: the recording calls it by the part that stays.
    Raises ProgramFailed, MarkerError, and what a story raises that is not recorded.
    """
    if markers.read(story).not_recorded:
        return checked(story, root)
    return databases.NAME.sub(databases.PREFIX, record_story(story, root).dumps())


def problems(story: Path, found: Recording) -> list[str]:
    """The facts of a story that do not hold, shown or not, and the warnings that none names: a line each, with file."""
    name = "/".join(story.parts[-3:])  # snippets/chapter/story.py
    source = story.read_text("utf-8")
    own = [*tracer.check(source, found), *unnamed_warnings(story, source, found)]
    return [*(f"{name}:{problem}" for problem in own), *story_facts.problems(story, found)]


def unnamed_warnings(story: Path, source: str, found: Recording) -> Iterator[str]:
    """SQLAlchemy's warnings that no checked comment names, a line each.

    One that only some versions give cannot be named so: `# differs on` says it.
    """
    if any("warning" in reason for reason in markers.read(story).differs.values()):
        return
    named = set()
    claims = comments.find(source, [])
    for run in runs(found):
        facts = [fact for claim in claims if claim.line == run.line for fact in claim.facts if fact.kind == "warns"]
        for event in run.events:
            if event["event"] == "warning" and any(event["category"] in fact.parts for fact in facts):
                named.add(id(event))
    for step in found.steps:
        for event in step.events:
            if event["event"] == "warning" and id(event) not in named and hasattr(exc, event["category"]):
                what = f"warns {event['category']}, which no '{SIGN}' names: {event['text'].splitlines()[0]}"
                yield f"{step.lines[0]}: {what}; mend it, or write '{SIGN} warns {event['category']}' under it"
