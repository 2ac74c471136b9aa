"""What builds keep is found by what it was made of, and by nothing else."""

import json

import pytest

from tools.site.cache import Kept


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".cache" / "build.json"


def build(file, *made_of, result="drawn"):
    """One build that draws one thing: what it got, and whether it had to make it."""
    made = []
    kept = Kept(file)
    got = kept.get(lambda: made.append(made_of) or result, *made_of)
    kept.save()
    return got, bool(made)


def test_what_has_not_changed_is_made_once(file):
    assert build(file, "story", "recording") == ("drawn", True)
    assert build(file, "story", "recording", result="other") == ("drawn", False)
    assert build(file, "story", "recording, changed", result="other") == ("other", True)


def test_parts_are_not_taken_for_one_another(file):
    build(file, "ab", "c")
    assert build(file, "a", "bc", result="other") == ("other", True)


def test_what_is_no_longer_needed_goes(file):
    build(file, "one")
    build(file, "two")
    assert len(json.loads(file.read_text("utf-8"))) == 1


def test_a_changed_program_makes_everything_anew(file, monkeypatch):
    build(file, "one")
    monkeypatch.setattr("tools.site.cache._programs", lambda: "other programs")
    assert build(file, "one", result="other") == ("other", True)


def test_the_builds_of_one_process_keep_for_each_other(file):
    kept = Kept(file)
    for expected in ("first", "first"):
        assert kept.get(lambda: "first", "one") == expected
        kept.save()
    assert kept.get(lambda: "second", "one") == "first"


@pytest.mark.parametrize("text", ["", "{", None], ids=["empty", "broken", "missing"])
def test_without_a_file_everything_is_made(file, text):
    if text is not None:
        file.parent.mkdir()
        file.write_text(text)
    assert build(file, "one") == ("drawn", True)
    assert build(file, "one") == ("drawn", False)


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_text("")
    assert build(tmp_path / "file" / "build.json", "one") == ("drawn", True)
    assert build(tmp_path / "file" / "build.json", "one") == ("drawn", True)
