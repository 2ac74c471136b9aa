"""What a page holds and what it is made of. Needs no browser."""

import subprocess

from tests.browser.pages import changed_files, changed_pages, kind_of
from tools.content.pages import Page


def test_the_kind_of_a_page_is_what_it_holds(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(
        "---\nclass: StateError\n---\n# One {#one}\n/// setup\n///\n"
        '```table name="rollback"\n```\n![a](b.svg)\n\n| a |\n| --- |\n| b |\n',
        "utf-8",
    )
    assert kind_of(Page(path, "en", "errors/index.md")) == {
        *("index", "front matter class", "block setup", "fence table", "image", "typed table")
    }
    assert "errors/index.md" not in kind_of(Page(path, "en", "errors/index.md"))
    assert "reference/x.md" in kind_of(Page(path, "en", "reference/x.md")), "drawn by a program of its own"


def test_a_page_changes_with_what_it_shows(repository):
    for path in (
        "docs/zh/chapter/one-thing.md",
        "snippets/chapter/one_thing.py",
        "snippets/chapter/one_thing.trace.jsonl",
    ):
        assert changed_pages(repository, {path}) == {"chapter/one-thing.md"}, path
    assert changed_pages(repository, {"README.md"}) == set()
    assert changed_pages(repository, None) == {"chapter/one-thing.md"}, "nobody knows: all"


def test_a_branch_is_compared_with_main_and_main_with_the_commit_before(tmp_path, monkeypatch):
    monkeypatch.delenv("BROWSER_BASE", raising=False)

    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments], cwd=tmp_path, check=True
        )

    def commit(name):
        (tmp_path / name).touch()
        git("add", name)
        git("commit", "--quiet", "-m", name)

    assert changed_files(tmp_path) is None, "no repository"
    git("init", "--quiet", "--initial-branch=main")
    commit("one")
    assert changed_files(tmp_path) is None, "nothing before"
    commit("two")
    assert changed_files(tmp_path) == {"two"}
    git("checkout", "--quiet", "-b", "branch")
    commit("three")
    commit("four")
    (tmp_path / "new").touch()
    (tmp_path / "one").write_text("changed", "utf-8")
    assert changed_files(tmp_path) == {"one", "three", "four", "new"}
