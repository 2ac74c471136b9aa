"""A new page runs at once, and says what is left to write."""

import runpy
import shutil

import pytest

from tools.checks import check
from tools.checks.files import SCAFFOLD
from tools.commands import new_page as command
from tools.commands.new_page import PageError, new_page
from tools.content.repository import ROOT, Repository
from tracer import comments
from tracer.recording import load

LONG = "A title that is wider than the navigation"
TITLES = {"en": "My page", "zh": "我的页面"}


@pytest.fixture
def root(repository):
    shutil.copy(ROOT / "snippets" / "library.py", repository.snippets)
    for language in repository.languages:
        (repository.docs / language / "start").mkdir()
        text = (repository.docs / language / "chapter" / "one-thing.md").read_text("utf-8")
        (repository.docs / language / "start" / "first-session.md").write_text(text, "utf-8")
    (repository.root / "mkdocs.yml").write_text(
        "nav:\n  - One:\n      - start/first-session.md\n      - chapter/one-thing.md\n  - Two:\n", "utf-8"
    )
    return repository.root


@pytest.mark.parametrize(
    "name, titles",
    [("chapter/my-page", TITLES), ("errors/my-error", {}), ("chapter/x", {}), ("chapter/y", {"en": LONG})],
)
def test_it_runs_and_names_only_what_is_left_to_write(root, monkeypatch, tmp_path, name, titles):
    written = new_page(name, titles, Repository(root))
    story = f"snippets/{name.replace('-', '_')}"
    assert [path.relative_to(root).as_posix() for path in written] == [
        f"{story}.py",
        f"{story}.trace.jsonl",
        f"docs/en/{name}.md",
        f"docs/zh/{name}.md",
    ]
    problems = [str(problem) for problem in check.check(Repository(root))]
    left = [problem for problem in problems if f"still says '{SCAFFOLD}': write what belongs there" not in problem]
    assert not left, "\n".join(left)
    assert len(problems) > 10
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(written[0]))
    recording = load(written[1])
    assert recording.steps and comments.check(written[0].read_text("utf-8"), recording) == []


def test_it_takes_its_place_in_the_navigation(root):
    before = (root / "mkdocs.yml").read_text("utf-8")
    new_page("chapter/my-page", TITLES, Repository(root))
    assert (root / "mkdocs.yml").read_text("utf-8") == before.replace(
        "chapter/one-thing.md\n", "chapter/one-thing.md\n      - chapter/my-page.md\n"
    )


def test_a_page_about_an_error_is_not_in_the_navigation(root):
    before = (root / "mkdocs.yml").read_text("utf-8")
    new_page("errors/my-error", {}, Repository(root))
    assert (root / "mkdocs.yml").read_text("utf-8") == before


@pytest.mark.parametrize(
    "name, titles, message",
    [
        ("chapter/one-thing", TITLES, "docs/en/chapter/one-thing.md is already there"),
        ("My Page", TITLES, "'My Page' is no page's name"),
        ("chapter/../x", TITLES, "is no page's name"),
        ("reference/my-page", TITLES, "pages of 'reference' show tables that programs compute, no story"),
        ("elsewhere/my-page", TITLES, "mkdocs.yml has no chapter 'elsewhere'"),
        ("chapter/my-page", {"xx": "My page"}, "there are no pages in 'xx'"),
    ],
)
def test_a_page_that_cannot_be_started_leaves_nothing_behind(root, name, titles, message):
    (root / "snippets" / "chapter" / "one_thing.py").rename(root / "snippets" / "chapter" / "other.py")
    before = sorted(root.rglob("*"))
    with pytest.raises(PageError, match=message):
        new_page(name, titles, Repository(root))
    assert sorted(root.rglob("*")) == before


def test_a_story_that_cannot_be_recorded_leaves_nothing_behind(root, monkeypatch, tmp_path_factory):
    templates = tmp_path_factory.mktemp("templates")
    shutil.copytree(command.TEMPLATES, templates, dirs_exist_ok=True)
    (templates / "chapter.py").write_text("raise ValueError('no disk')\n", "utf-8")
    monkeypatch.setattr(command, "TEMPLATES", templates)
    before = sorted(path for path in root.rglob("*") if path.is_file())
    with pytest.raises(PageError, match="chapter/my_page.py:1: ended with ValueError: no disk; run it: python -m"):
        new_page("chapter/my-page", TITLES, Repository(root))
    assert sorted(path for path in root.rglob("*") if path.is_file()) == before


def test_a_story_is_started_on_sqlite_only(root, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mariadb+pymysql://root@127.0.0.1/")
    with pytest.raises(PageError, match="is recorded on SQLite and SQLAlchemy 2.1, not on mariadb: unset DATABASE_URL"):
        new_page("chapter/my-page", TITLES, Repository(root))


def test_a_name_is_asked_for(capsys):
    assert command.main([""]) == 2
    assert "make new-page PAGE=states/my-page" in capsys.readouterr().out
