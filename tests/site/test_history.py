"""Who changed a page last, and when: asked of real repositories, which each test makes for itself."""

import os
import shutil
import subprocess

import pytest

from tools.content.repository import ROOT
from tools.site import history
from tools.site.history import PageHistory

PAGE = "docs/en/chapter/one.md"
ADA, BOB, ROBOT = "Ada <ada@a.example>", "Bob <bob@b.example>", "dependabot[bot] <bot@b.example>"


class Project:
    """A repository in a folder of its own, with commits of any author on any day."""

    def __init__(self, root) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        options = ("-c", "user.name=Committer", "-c", "user.email=c@c.example", "-c", "commit.gpgSign=false")
        subprocess.run(["git", *options, *arguments], cwd=self.root, check=True, env=os.environ | {"TZ": "UTC"})

    def commit(self, author: str, day: str, **files: str) -> None:
        """Write files, given by their paths with `/` as `__`, and commit them."""
        for name, text in files.items():
            path = self.root / name.replace("__", "/")
            path = path.with_name(path.name.replace("_md", ".md").replace("_py", ".py").replace("_toml", ".toml"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Change", f"--author={author}", f"--date={day}T12:00:00")


@pytest.fixture
def project(tmp_path):
    if not shutil.which("git"):
        pytest.skip("git is missing: pages say nothing of their history then")
    project = Project(tmp_path)
    project.commit(ADA, "2026-01-01", docs__en__chapter__one_md="# One {#one}\n\nSome text\nthat stays\nas it is.\n")
    return project


def of(project, name: str = "chapter/one.md", language: str = "en") -> PageHistory | None:
    return history.pages(project.root, language).get(name)


def test_a_page_says_its_last_change_and_who_has_worked_on_it(project):
    project.commit(BOB, "2026-02-02", docs__en__chapter__one_md="# One {#one}\n")
    project.commit(BOB, "2026-01-15", docs__en__chapter__one_md="# One and only {#one}\n")
    project.commit(ADA, "2026-03-03", docs__en__chapter__other_md="# Other {#other}\n")
    assert of(project) == PageHistory("2026-02-02", ("Bob", "Ada")), (
        "the newest day, whatever the order; most commits first"
    )


def test_the_stories_of_a_page_are_part_of_it_but_not_the_library(project):
    blocks = '```python\n--8<-- "library.py"\n--8<-- "chapter/shown.py:part"\n```\n'
    text = f'# One {{#one}}\n\n{blocks}\n```steps story="chapter/stepped.py"\n```\n'
    project.commit(ADA, "2026-02-02", docs__en__chapter__one_md=text)
    project.commit(BOB, "2026-05-05", snippets__library_py="")
    assert of(project).changed == "2026-02-02"
    project.commit(BOB, "2026-03-03", snippets__chapter__shown_py="1")
    assert of(project) == PageHistory("2026-03-03", ("Ada", "Bob"))
    project.commit(BOB, "2026-04-04", snippets__chapter__stepped_py="2")
    assert of(project).changed == "2026-04-04"


def test_the_words_of_a_table_are_part_of_the_page(project):
    text = '# One {#one}\n\n```table name="cells-pending"\n```\n\n```table name="typed"\n```\n'
    project.commit(ADA, "2026-02-02", docs__en__chapter__one_md=text)
    project.commit(BOB, "2026-03-03", tables__cells__table_toml='[fences]\ntable = ["cells-{starts}"]\n')
    assert of(project).changed == "2026-03-03"
    project.commit(BOB, "2026-04-04", tables__typed__table_toml="")
    assert of(project).changed == "2026-04-04"
    project.commit(BOB, "2026-05-05", tables__other__table_toml="not [toml")
    assert of(project).changed == "2026-04-04"


def test_each_language_has_a_history_of_its_own(project):
    project.commit(BOB, "2026-02-02", docs__zh__chapter__one_md="# 一 {#one}\n")
    assert of(project, language="zh") == PageHistory("2026-02-02", ("Bob",))
    assert of(project).changed == "2026-01-01"


def test_a_page_that_moved_keeps_its_history(project):
    (project.root / "docs/en/moved").mkdir(parents=True)
    project.git("mv", PAGE, "docs/en/moved/two.md")
    project.commit(BOB, "2026-02-02")
    assert of(project, "moved/two.md") == PageHistory("2026-01-01", ("Ada",)), "to move it is no change for readers"


def test_names_are_those_of_the_mailmap_and_bots_have_none(project):
    (project.root / ".mailmap").write_text("Ada Lovelace <ada@a.example>\n", "utf-8")
    project.commit(ROBOT, "2026-02-02", docs__en__chapter__one_md="# One, formatted {#one}\n")
    assert of(project) == PageHistory("2026-02-02", ("Ada Lovelace",))


def test_a_page_that_is_not_committed_yet_says_nothing(project):
    (project.root / "docs/en/chapter/new.md").write_text("# New {#new}\n", "utf-8")
    assert of(project, "chapter/new.md") is None


def test_a_shallow_history_says_nothing_rather_than_something_wrong(project, tmp_path_factory):
    project.commit(BOB, "2026-02-02", docs__en__chapter__other_md="# Other {#other}\n")
    copy = tmp_path_factory.mktemp("copy") / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", project.root.as_uri(), copy], check=True)
    assert history.pages(copy, "en") == {}


def test_without_git_or_a_repository_pages_say_nothing(project, tmp_path_factory, monkeypatch):
    alone = tmp_path_factory.mktemp("alone")
    (alone / "docs/en").mkdir(parents=True)
    (alone / "docs/en/one.md").write_text("# One {#one}\n", "utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(alone.parent))
    assert history.pages(alone, "en") == {}
    monkeypatch.setenv("PATH", "")
    assert history.pages(project.root, "en") == {}


def test_git_is_asked_once_for_both_languages(project, monkeypatch):
    asked, git = [], history._git
    monkeypatch.setattr(history, "_git", lambda root, *arguments: asked.append(arguments) or git(root, *arguments))
    for language in ("en", "zh"):
        history.pages(project.root, language)
    assert sum("log" in arguments for arguments in asked) == 1


def test_publishing_fetches_the_whole_history():
    workflow = (ROOT / ".github/workflows/publish.yml").read_text("utf-8")
    build = workflow[: workflow.index("  browser:")]
    assert "fetch-depth: 0" in build, "a shallow checkout leaves out when pages were changed: write fetch-depth: 0"
