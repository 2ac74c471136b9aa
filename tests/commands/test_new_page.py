"""A new page runs at once, and says what is left to write."""

import runpy
import shutil

import pytest

from tools.checks import check
from tools.checks.check import SCAFFOLD
from tools.commands.new_page import PageError, new_page
from tools.content.repository import ROOT, Repository
from tracer import comments
from tracer.recording import load

TITLES = {"en": "My page", "zh": "我的页面"}


@pytest.fixture
def root(repository):
    shutil.copy(ROOT / "snippets" / "library.py", repository.snippets)
    (repository.root / "mkdocs.yml").write_text("nav:\n  - One:\n      - chapter/one-thing.md\n  - Two:\n", "utf-8")
    return repository.root


def test_it_runs_and_names_only_what_is_left_to_write(root, monkeypatch, tmp_path):
    written = new_page("chapter/my-page", TITLES, root)
    assert [path.relative_to(root).as_posix() for path in written] == [
        "snippets/chapter/my_page.py",
        "snippets/chapter/my_page.trace.jsonl",
        "docs/en/chapter/my-page.md",
        "docs/zh/chapter/my-page.md",
    ]
    problems = [str(problem) for problem in check.check(Repository(root))]
    assert len(problems) == 9
    assert all(f"still says '{SCAFFOLD}': write what belongs there" in problem for problem in problems)
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(written[0]))
    recording = load(written[1])
    assert recording.steps and comments.check(written[0].read_text("utf-8"), recording) == []


def test_it_takes_its_place_in_the_navigation(root):
    new_page("chapter/my-page", TITLES, root)
    assert (root / "mkdocs.yml").read_text("utf-8") == (
        "nav:\n  - One:\n      - chapter/one-thing.md\n      - chapter/my-page.md\n  - Two:\n"
    )


@pytest.mark.parametrize(
    "name, titles, message",
    [
        ("chapter/one-thing", TITLES, "docs/en/chapter/one-thing.md is already there"),
        ("My Page", TITLES, "'My Page' is no page's name"),
        ("chapter/../x", TITLES, "is no page's name"),
        ("reference/my-page", TITLES, "pages of 'reference' show tables that programs compute, no story"),
        ("elsewhere/my-page", TITLES, "mkdocs.yml has no chapter 'elsewhere'"),
        ("chapter/my-page", {"en": "My page", "zh": ""}, "a title is missing"),
    ],
)
def test_a_page_that_cannot_be_started_leaves_nothing_behind(root, name, titles, message):
    (root / "snippets" / "chapter" / "one_thing.py").rename(root / "snippets" / "chapter" / "other.py")
    before = sorted(root.rglob("*"))
    with pytest.raises(PageError, match=message):
        new_page(name, titles, root)
    assert sorted(root.rglob("*")) == before


def test_a_story_that_cannot_be_recorded_leaves_nothing_behind(root, monkeypatch):
    before = sorted(path for path in root.rglob("*") if path.is_file())
    monkeypatch.setattr("tools.commands.new_page.STORY", "raise ValueError('no disk')\n")
    with pytest.raises(PageError, match="chapter/my_page.py: ended with ValueError: no disk; run it: python -m"):
        new_page("chapter/my-page", TITLES, root)
    assert sorted(path for path in root.rglob("*") if path.is_file()) == before


def test_a_story_is_started_on_sqlite_only(root, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mariadb+pymysql://root@127.0.0.1/")
    with pytest.raises(PageError, match="is recorded on SQLite and SQLAlchemy 2.1, not on mariadb: unset DATABASE_URL"):
        new_page("chapter/my-page", TITLES, root)
