"""The chapter of errors, made from error pages that name their class and message."""

import re

import pytest
from markdown import Markdown

from tools.checks.error_messages import quoted
from tools.content.pages import LANGUAGES, read
from tools.content.repository import ROOT
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
                {"Error messages": "errors/index.md"},
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
    assert text.startswith('---\nlabel: Error messages\ndescription: "')


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


CHAPTER = """# Locks: who waits {#locks}

## Waiting {#waiting}

## Error messages {#errors}

| Message | Why | Fix |
| --- | --- | --- |
| `timeout` | Too [late](#waiting). | Wait. |
| `'Lock' is gone` | See [there](other.md). | Look. |
"""


def test_the_index_lists_the_messages_of_other_pages(docs):
    (docs / "locking").mkdir()
    (docs / "locking" / "locks.md").write_text(CHAPTER, "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2].splitlines()
    assert listed[-2:] == [
        "| `'Lock' is gone` | See there.<br>**Fix:** [Look.](../locking/locks.md#errors) |",
        "| `timeout` | Too late.<br>**Fix:** [Wait.](../locking/locks.md#waiting) |",
    ]


def test_the_links_of_a_fix_lead_to_the_same_places_from_the_index(docs):
    (docs / "locking").mkdir()
    fix = "[Wait](../other.md#wait), or [read](more.md) [why](#waiting), or [ask](https://example.org/#a)."
    (docs / "locking" / "locks.md").write_text(CHAPTER.replace("Wait.", fix), "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2].splitlines()
    late = "Too [late](../locking/locks.md#waiting)."
    why = "[read](../locking/more.md) [why](../locking/locks.md#waiting)"
    fix = f"[Wait](../other.md#wait), or {why}, or [ask](https://example.org/#a)."
    assert listed[-1] == f"| `timeout` | {late}<br>**Fix:** {fix} |"


def test_the_index_lists_the_messages_in_the_tables_of_error_pages(docs):
    page = docs / "errors" / "lazy.md"
    page.write_text(f"{page.read_text('utf-8').partition('# Title')[0]}{CHAPTER}", "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2].splitlines()
    assert listed[-1] == "| `timeout` | Too late.<br>**Fix:** [Wait.](../errors/lazy.md#waiting) |"


def test_a_message_on_several_pages_is_one_row_of_the_index(docs):
    (docs / "locking").mkdir()
    (docs / "locking" / "locks.md").write_text(CHAPTER, "utf-8")
    (docs / "locking" / "waits.md").write_text(CHAPTER, "utf-8")  # the same reason and fix
    other = CHAPTER.replace("`timeout`", "`timeout: reached`").replace("Too [late]", "Too [long]")
    (docs / "locking" / "z.md").write_text(other.replace("Wait.", "Wait more."), "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2].splitlines()
    late, long = "[Wait.](../locking/locks.md#waiting)", "[Wait more.](../locking/z.md#waiting)"
    assert listed[-1] == f"| `timeout` | • Too late.<br>**Fix:** {late}<br><br>• Too long.<br>**Fix:** {long} |"


def test_a_message_with_a_page_of_its_own_is_not_listed_again(docs):
    (docs / "locks.md").write_text(CHAPTER.replace("timeout", "Instance <A>"), "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2]
    assert "is gone" in listed and "Instance" not in listed


def test_what_a_run_fills_in_may_stand_in_quotes(docs):
    page = docs / "errors" / "lazy.md"
    page.write_text(page.read_text("utf-8").replace("Parent instance <A>", "Attribute '…' of …"), "utf-8")
    (docs / "locks.md").write_text(CHAPTER.replace("timeout", "Attribute … of '…' is"), "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2]
    assert "is gone" in listed and "Attribute" not in listed


def test_a_cause_that_a_section_explains_comes_first_and_then_the_one_for_beginners(docs):
    for name, reason in (("a", "First."), ("b", "Too [soon](#waiting)."), ("start/c", "Too [late](#waiting).")):
        page = docs / f"{name}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(CHAPTER.replace("Too [late](#waiting).", reason), "utf-8")
    listed = error_pages.index(docs).partition("{#messages}")[2].splitlines()[-1]
    assert listed.index("Too late.") < listed.index("Too soon.") < listed.index("First.")


def test_without_such_messages_the_index_has_no_table(docs):
    assert "{#messages}" not in error_pages.index(docs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_every_page_is_in_the_index(language):
    docs = ROOT / "docs" / language
    listed = [text.rstrip(".").casefold() for text in re.findall("`([^`]+)`", error_pages.index(docs))]
    messages = {message for page in read(docs.parent, language).values() for _, message in quoted(page)}
    named = {page.error_class for page in error_pages.pages(docs)}
    missing = {
        message
        for message in messages
        if message.partition(": ")[0] not in named
        and not any(one.startswith(message.casefold()) or message.casefold().startswith(one) for one in listed)
    }
    assert not missing, f"{sorted(missing)} is not in the index: mend tools/site/error_pages.py"
