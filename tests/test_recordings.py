"""Every story is recorded, the recording beside it still tells what happens, and its checked comments hold."""

import os
import subprocess
import sys

import pytest

from tools import comparison, recordings
from tools.checks import ROOT, House
from tools.recordings import StoryFailed
from tracer.recording import loads

STORIES = House().stories
PLACE = comparison.here()
named = pytest.mark.parametrize("story", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@pytest.fixture(scope="module")
def recorded():
    """What each story's recording says today, by story."""
    return dict(recordings.apart(recordings.recorded_text, STORIES))


@named
def test_the_recording_beside_the_story_is_true(story, recorded):
    if isinstance(recorded[story], StoryFailed):
        pytest.fail(str(recorded[story]), pytrace=False)
    if problem := comparison.problem(story, loads(recorded[story]), PLACE):
        pytest.fail(problem, pytrace=False)


@named
def test_the_checked_comments_hold(story, recorded):
    if isinstance(recorded[story], StoryFailed):
        pytest.skip("could not be recorded")
    problems = recordings.problems(story, loads(recorded[story]))
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_no_recording_is_left_without_its_story():
    left = recordings.orphans()
    assert not left, f"delete {', '.join(path.name for path in left)}: the stories, or their declarations, are gone"


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="listens to sqlite3: compared on SQLite")
def test_the_tracer_disturbs_no_story():
    """The driver is sent the same statements, and the same is printed, with and without the tracer."""
    alone = dict(recordings.apart(recordings.run_story, STORIES))
    for story, traced in recordings.apart(recordings.run_recorded, STORIES):
        assert alone[story] == traced, f"{story.name} behaves otherwise when it is recorded"


@pytest.mark.skipif(bool(PLACE), reason="compared on the default pair: SQLite and SQLAlchemy 2.1")
@pytest.mark.parametrize(("seed", "order"), [("1", 1), ("2", -1)])
def test_recordings_do_not_depend_on_hash_seed_or_order(seed, order, recorded):
    program = (
        "import pathlib, sys; from tools import recordings\n"
        "for path, text in recordings.apart(recordings.recorded_text, map(pathlib.Path, sys.argv[1:])):\n"
        "    print(text, end='\\0')\n"
    )
    stories = STORIES[::order]
    run = subprocess.run(
        [sys.executable, "-c", program, *map(str, stories)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    for story, text in zip(stories, run.stdout.split("\0"), strict=False):
        assert text == recorded[story], f"{story.name} is recorded otherwise under another hash seed or order"
