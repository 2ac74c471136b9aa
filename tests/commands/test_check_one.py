"""One story or one page is checked by itself; what is wrong with it is a line each."""

import pytest

from tests.conftest import replace
from tools.commands import check_one, record
from tools.content.repository import Repository
from tools.run import variants

pytestmark = pytest.mark.skipif(bool(variants.here()), reason="compares with SQLite and SQLAlchemy 2.1")


@pytest.fixture
def checked(repository, capsys):
    """Check a story or a page of the small repository; return the exit status and what was printed, a line each."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        status = check_one.main([*arguments], Repository(repository.root))
        return status, capsys.readouterr().out.splitlines()

    record.main([], Repository(repository.root))
    capsys.readouterr()
    return run


def test_what_is_right_is_said_in_one_line(checked):
    assert checked("--story", "chapter/one") == (0, ["chapter/one: fits together"])
    assert checked("--page", "chapter/one-thing") == (0, ["chapter/one-thing: fits together"])


def test_a_story_that_does_something_else_is_said(repository, checked):
    replace(repository.story, "assert one == 1", "print(one)")
    status, lines = checked("--story", "chapter/one_thing")
    assert status == 1 and lines[-1] == "problems: 1"
    assert lines[0].startswith("snippets/chapter/one_thing.py no longer does what its recording says")


def test_a_block_that_fails_is_said(repository, checked):
    replace(repository.story, "assert one == 1", "assert one == 2")
    status, (line, *_) = checked("--page", "chapter/one-thing")
    assert status == 1
    assert line.startswith("docs/en/chapter/one-thing.md:17: snippets/chapter/one_thing.py:9: AssertionError")


def test_what_is_wrong_with_the_page_is_said(repository, checked):
    repository.both("](#next)", "](less.md)")
    status, lines = checked("--page", "chapter/one-thing")
    assert status == 1 and any("less.md" in line for line in lines)


@pytest.mark.parametrize("arguments", [["--story", "nothing"], ["--page", "nothing"]])
def test_a_name_that_is_none_is_refused(checked, arguments):
    status, lines = checked(*arguments)
    assert status == 1 and "is called nothing" in lines[0]
