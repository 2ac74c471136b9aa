"""Stories come out the same under another hash seed, in another order, and do the same without the tracer.

Run by `make record` and weekly, not each time: set REPEATS=1. With STORY, only of the stories so called.
"""

import contextlib
import io
import os
import re
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import close_all_sessions

from tools.content.repository import ROOT, Repository
from tools.run import markers, recordings, variants
from tools.run.sandbox import ProgramFailed, apart, run

ASKED = os.environ.get("STORY", "").split()
STORIES = [
    story
    for story in Repository().stories
    if not ASKED or any(name in "/".join(story.parts[-3:]) for name in ASKED)
    if markers.read(story).runs_on("") and not markers.read(story).not_recorded
]
SESSION = re.compile(r"session '\d+'(?: \(this is '\d+'\))?")  # numbered over the whole process
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")  # of an object, in its repr
pytestmark = [
    pytest.mark.skipif(not os.environ.get("REPEATS"), reason="in make record and weekly: set REPEATS=1"),
    pytest.mark.skipif(bool(variants.here()), reason="compared on the default pair: SQLite and SQLAlchemy 2.1"),
    pytest.mark.time_limit(300),
]


@pytest.fixture(scope="module")
def runs():
    """Each story's recording, and what was observed meanwhile, by story; or why it could not be made."""
    return {
        story: result if isinstance(result, ProgramFailed) else result.split("\0")
        for story, result in apart(with_the_tracer, STORIES)
    }


def without_the_tracer(story: Path) -> str:
    def alone() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the recording has them, and none is allowed where there is no recording
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


def test_the_tracer_disturbs_no_story(runs):
    """The driver is sent the same statements, and the same is printed, with and without the tracer."""
    for story, alone in apart(without_the_tracer, STORIES):
        assert not isinstance(runs[story], ProgramFailed), str(runs[story])
        assert alone == runs[story][1], f"{story.name} behaves otherwise when it is recorded"


def test_recordings_do_not_depend_on_hash_seed_or_order(runs):
    """The other run had a seed that Python chose, and its stories in their order."""
    program = (
        "import pathlib, sys; from tools.run.sandbox import apart; from tools.run.recordings import recorded_text\n"
        "for path, text in apart(recorded_text, map(pathlib.Path, sys.argv[1:])):\n"
        "    print(text, end='\\0')\n"
    )
    stories = STORIES[::-1]
    again = subprocess.run(
        [sys.executable, "-c", program, *map(str, stories)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "2"},
        capture_output=True,
        text=True,
        check=True,
    )
    for story, text in zip(stories, again.stdout.split("\0"), strict=False):
        assert text == runs[story][0], f"{story.name} is recorded otherwise under another hash seed or order"
