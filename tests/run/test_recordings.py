"""Every story is recorded, the recording beside it still tells what happens, and its checked comments hold."""

from unittest.mock import Mock

import pytest

from tests.conftest import replace
from tools.content.repository import Repository
from tools.run import compare, databases, markers, recordings, story_files, variants
from tools.run.sandbox import ProgramFailed, apart
from tracer import loads

PLACE = variants.here()
STORIES = [story for story in Repository().stories if markers.read(story).runs_on(PLACE)]
named = pytest.mark.parametrize("story", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@pytest.fixture(scope="module")
def recorded():
    """What each story's recording says today, by story; or why it could not be made."""
    return dict(apart(recordings.recorded_text, STORIES))


@named
def test_the_recording_beside_the_story_is_true(story, recorded):
    if isinstance(recorded[story], ProgramFailed):
        pytest.fail(str(recorded[story]), pytrace=False)
    if recorded[story] and (problem := compare.problem(story, loads(recorded[story]), PLACE)):
        pytest.fail(problem, pytrace=False)


@named
def test_the_checked_comments_hold(story, recorded):
    if isinstance(recorded[story], ProgramFailed):
        pytest.skip("could not be recorded")
    if recorded[story] and (problems := recordings.problems(story, loads(recorded[story]))):
        pytest.fail("\n".join(problems), pytrace=False)


def test_the_name_of_the_database_is_not_recorded(repository, monkeypatch):
    told = Mock(dumps=lambda: f"Table '{databases.PREFIX}_498903_5bce98_22712_0123abcd.author' doesn't exist")
    monkeypatch.setattr(recordings, "record_story", lambda *_: told)
    assert recordings.recorded_text(repository.story) == f"Table '{databases.PREFIX}.author' doesn't exist"


def test_no_recording_is_left_without_its_story():
    left = variants.orphans(Repository())
    assert not left, f"delete {', '.join(path.name for path in left)}: the stories, or their declarations, are gone"


def test_the_recordings_of_all_places_are_whole():
    """Those of other databases and versions too, which are compared only there."""
    assert [*story_files.problems(Repository())] == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("one = 1\n", "try:\n    one = 1\nfinally:\n    pass\n", "a try above '# --- story' may not raise"),
        ('"""\n', '"""\n\n# needs oracle\n', "needs 'oracle', which is none of postgresql, mariadb"),
    ],
)
def test_what_is_wrong_with_a_story_is_one_line(repository, old, new, problem):
    replace(repository.story, old, new)
    ((path, _, said),) = story_files.problems(repository)
    assert path == repository.story and said.startswith(problem)


def test_a_place_without_its_recording_and_a_recording_without_its_place(repository):
    replace(repository.story, '"""\n', '"""\n\n# needs mariadb\n')
    (story, _, missing), (recording, _, orphan) = story_files.problems(repository)
    assert (story, recording) == (repository.story, repository.recording)
    assert missing.startswith("has no recording one_thing.mariadb.trace.jsonl: run make record STORY=chapter/one_thing")
    assert orphan.startswith("records no story, or no place where one says that it differs")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"sqlalchemy": "2.1.9"', '"sqlalchemy": "9.9.9"', "is of SQLAlchemy 9.9.9, not 2.1"),
        ("chapter/one_thing.py", "chapter/two_things.py", "is of chapter/two_things.py"),
        ('"kind": "assert"}\n', '"kind": "assert"\n', "not a recording ("),
        ('{"lines": [9, 9], "kind": "assert"}\n', "", "has no steps"),
        ("[9, 9]", "[99, 99]", "has lines that the story has not"),
    ],
)
def test_what_is_wrong_with_a_recording_is_one_line(repository, old, new, problem):
    replace(repository.recording, old, new)
    ((path, _, said),) = story_files.problems(repository)
    assert path == repository.recording and said.startswith(problem) and "\n" not in said


def test_broken_data_is_one_line(repository):
    broken = repository.root / "tables" / "states" / "data.json"
    broken.parent.mkdir(parents=True)
    broken.write_text('{"edges": [', "utf-8")
    ((path, _, said),) = story_files.problems(repository)
    assert path == broken and said.startswith("holds no data (")
