"""The chapter of errors, made from error pages that name their class and message."""

import pytest
from markdown import Markdown

from tools.site import error_pages, generated_pages, navigation

PAGE = """---
class: {}
code: {}
description: What it means.
message: {}
since: 2.0
story: errors/{}.py
{}---

# Title {{#title}}
"""


@pytest.fixture
def docs(tmp_path):
    docs = tmp_path / "en"
    (docs / "errors").mkdir(parents=True)
    for name, error_class, message, more in (
        ("pending-rollback", "PendingRollbackError", "[Can't reconnect, Can't go on]", "label: Pending rollback\n"),
        ("detached", "DetachedInstanceError", "Instance <A> is not bound", ""),
        ("lazy", "DetachedInstanceError", "Parent instance <A> is not bound", ""),
    ):
        text = PAGE.format(error_class, "abcd", message, name, more)
        (docs / "errors" / f"{name}.md").write_text(text, "utf-8")
    (docs / "errors" / "unfinished.md").write_text("# Title {#title}\n", "utf-8")
    return docs


def test_the_chapter_lists_them_by_class(docs):
    assert navigation.chapters(["index.md"], docs, {}) == [
        "index.md",
        {
            "Errors": [
                {"All errors": "errors/index.md"},
                {"DetachedInstanceError": ["errors/detached.md", "errors/lazy.md"]},
                {"PendingRollbackError": [{"Pending rollback": "errors/pending-rollback.md"}]},
            ]
        },
    ]
    assert navigation.chapters(["index.md"], docs, {}, only="states/") == ["index.md"]
    assert len(navigation.chapters(["index.md"], docs, {}, only="errors/")) == 2


def test_the_index_names_each_message(docs):
    assert "errors/index.md" in generated_pages.pages(docs)
    assert "errors/index.md" not in generated_pages.pages(docs, only="states/")
    text = generated_pages.pages(docs)["errors/index.md"]
    html = Markdown(extensions=["attr_list"]).convert(text.partition("\n---\n")[2])
    assert html.index('<h2 id="detachedinstanceerror">') < html.index('<h2 id="pendingrollbackerror">')
    assert '<li><a href="lazy.md"><code>Parent instance &lt;A&gt; is not bound</code></a></li>' in html
    assert html.count("<p>What it means.</p>\n<ul>") == 3
    assert text.startswith('---\nlabel: All errors\ndescription: "')


def test_without_error_pages_there_is_no_chapter(tmp_path):
    (tmp_path / "en").mkdir()
    assert error_pages.chapter(tmp_path / "en") is None
    assert "errors/index.md" not in generated_pages.pages(tmp_path / "en")


def test_they_are_named_in_the_language_of_the_site(docs):
    assert error_pages.chapter(docs.rename(docs.with_name("zh"))).keys() == {"错误"}


def test_each_wording_leads_to_the_page(docs):
    text = generated_pages.pages(docs)["errors/index.md"]
    assert "[`Can't reconnect`](pending-rollback.md)" in text
    assert "[`Can't go on`](pending-rollback.md)" in text
