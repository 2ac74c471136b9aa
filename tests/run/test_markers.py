"""What a story says at its top decides where it runs, and which recordings it has."""

import pytest

from tools.run import markers, recordings, variants
from tools.run.markers import MarkerError, Markers
from tools.run.sandbox import ProgramFailed


@pytest.fixture
def story(tmp_path):
    """A story with these markers at its top."""
    path = tmp_path / "snippets" / "chapter" / "story.py"
    path.parent.mkdir(parents=True)

    def written(top: str, below: str = "assert True\n"):
        path.write_text(f'"""A story."""\n\n{top}\n\n# --- story\n{below}', "utf-8")
        return path

    return written


def names(story) -> dict[str, str]:
    return {place: path.name for place, path in variants.recordings(story).items()}


def test_most_stories_run_everywhere_and_have_one_recording(story):
    path = story("import os", below="# needs mariadb\n")  # which is below the setup, and says nothing
    assert markers.read(path) == Markers()
    assert markers.read(path).runs_on("") and markers.read(path).runs_on("mariadb")
    assert names(path) == {"": "story.trace.jsonl"}


def test_a_story_that_needs_a_server_runs_there_only(story):
    path = story("# needs postgresql, mariadb")
    said = markers.read(path)
    assert [said.runs_on(place) for place in ("", "sqlalchemy-2.0", "mariadb", "postgresql+sqlalchemy-2.0")] == [
        *(False, False),
        *(True, True),
    ]
    assert names(path) == {"postgresql": "story.postgresql.trace.jsonl", "mariadb": "story.mariadb.trace.jsonl"}
    assert variants.recording_of(path, "mariadb+sqlalchemy-2.0").name == "story.mariadb.trace.jsonl"
    assert variants.main_recording(path).name == "story.postgresql.trace.jsonl"


def test_a_story_that_is_not_recorded_is_run_all_the_same(story, tmp_path):
    path = story("# not recorded: two threads\n#   race for a row")
    assert markers.read(path).not_recorded == "two threads race for a row"
    assert names(path) == {}
    assert recordings.recorded_text(path, tmp_path) == ""
    with pytest.raises(AssertionError):
        recordings.recorded_text(story("# not recorded: it races", "assert False\n"), tmp_path)


def test_a_story_that_forks_says_why(story):
    assert markers.read(story("# forks: a child uses\n#   the pool")).forks == "a child uses the pool"
    with pytest.raises(MarkerError, match="chapter/story.py: '# forks:' gives no reason"):
        markers.read(story("# forks:"))


def test_a_checked_comment_needs_a_recording(story, tmp_path):
    path = story("# not recorded: it races", "assert True\n#> no SQL\n")
    with pytest.raises(ProgramFailed, match="chapter/story.py:7: #> needs a recording, and this is not recorded"):
        recordings.recorded_text(path, tmp_path)


@pytest.mark.parametrize(
    ("top", "problem"),
    [
        ("# needs oracle", "snippets/chapter/story.py: needs 'oracle', which is none of postgresql, mariadb"),
        ("# not recorded:", "snippets/chapter/story.py: '# not recorded:' gives no reason"),
        ("# needs mariadb\n# differs on mariadb: so", "says both 'differs on' and 'needs': remove 'differs on'"),
        ("# differs on oracle: so", "'oracle' is none of postgresql, mariadb, sqlalchemy-2.0"),
    ],
)
def test_a_marker_that_cannot_be_right(story, top, problem):
    with pytest.raises(MarkerError, match=problem) as error:
        markers.read(story(top))
    assert "\n" not in str(error.value)
