"""What a page holds and what it is made of. Needs no browser."""

from tests.browser.pages import changed_pages, kind_of
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
