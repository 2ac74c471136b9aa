"""Every story is recorded, the recording beside it still tells what happens, and its checked comments hold."""

import contextlib
import io
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import close_all_sessions

from tools.content.repository import ROOT, Repository
from tools.run import recordings, variants
from tools.run.sandbox import ProgramFailed, apart, run
from tracer.recording import loads

STORIES = Repository().stories
PLACE = variants.here()
SESSION = re.compile(r"session '\d+'(?: \(this is '\d+'\))?")  # numbered over the whole process
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")  # of an object, in its repr
named = pytest.mark.parametrize("story", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@pytest.fixture(scope="module")
def runs():
    """What each story's recording says today, and what was observed meanwhile, by story; or why it could not be."""
    return {
        story: result if isinstance(result, ProgramFailed) else result.split("\0")
        for story, result in apart(with_the_tracer, STORIES)
    }


@pytest.fixture(scope="module")
def recorded(runs):
    """What each story's recording says today, by story; or why it could not be made."""
    return {story: result if isinstance(result, ProgramFailed) else result[0] for story, result in runs.items()}


@named
def test_the_recording_beside_the_story_is_true(story, recorded):
    if isinstance(recorded[story], ProgramFailed):
        pytest.fail(str(recorded[story]), pytrace=False)
    if problem := variants.problem(story, loads(recorded[story]), PLACE):
        pytest.fail(problem, pytrace=False)


@named
def test_the_checked_comments_hold(story, recorded):
    if isinstance(recorded[story], ProgramFailed):
        pytest.skip("could not be recorded")
    problems = recordings.problems(story, loads(recorded[story]))
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_no_recording_is_left_without_its_story():
    left = variants.orphans(Repository())
    assert not left, f"delete {', '.join(path.name for path in left)}: the stories, or their declarations, are gone"


def without_the_tracer(story: Path) -> str:
    def alone() -> None:
        run(story)
        close_all_sessions()  # so does the tracer with those that the story leaves open

    return observed(alone)


def with_the_tracer(story: Path) -> str:
    """The recording, and what was observed while it was made."""
    made = []
    seen = observed(lambda: made.append(recordings.record_story(story, echo=sys.stdout)))
    return f"{made[0].dumps()}\0{seen}"


def observed(job: Callable[[], object]) -> str:
    """What each connection of sqlite3 was sent while `job` ran, and the output."""
    logs: list[list[str]] = []
    connect, output = sqlite3.connect, io.StringIO()

    def connect_and_log(*arguments, isolation_level="", **options):
        connection = connect(*arguments, isolation_level=isolation_level, **options)
        # Only the witness asks for this from the start.
        if isolation_level is not None:
            logs.append([])
            connection.set_trace_callback(logs[-1].append)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = connect_and_log
    try:
        with contextlib.redirect_stdout(output):
            job()
    finally:
        sqlite3.connect = sqlite3.dbapi2.connect = connect
    sent = "\n".join("\n".join(["-- a connection", *log]) for log in logs)
    printed = SESSION.sub("session N", ADDRESS.sub("0x…", output.getvalue()))
    return f"{sent}\n-- printed\n{printed}"


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="listens to sqlite3: compared on SQLite")
def test_the_tracer_disturbs_no_story(runs):
    """The driver is sent the same statements, and the same is printed, with and without the tracer."""
    for story, alone in apart(without_the_tracer, STORIES):
        assert not isinstance(runs[story], ProgramFailed), str(runs[story])
        assert alone == runs[story][1], f"{story.name} behaves otherwise when it is recorded"


@pytest.mark.skipif(bool(PLACE), reason="compared on the default pair: SQLite and SQLAlchemy 2.1")
def test_recordings_do_not_depend_on_hash_seed_or_order(recorded):
    """The other run had a seed that Python chose, and its stories in their order."""
    program = (
        "import pathlib, sys; from tools.run.sandbox import apart; from tools.run.recordings import recorded_text\n"
        "for path, text in apart(recorded_text, map(pathlib.Path, sys.argv[1:])):\n"
        "    print(text, end='\\0')\n"
    )
    stories = STORIES[::-1]
    run = subprocess.run(
        [sys.executable, "-c", program, *map(str, stories)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    for story, text in zip(stories, run.stdout.split("\0"), strict=False):
        assert text == recorded[story], f"{story.name} is recorded otherwise under another hash seed or order"
