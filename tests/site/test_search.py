"""What the search looks through: what is read stands in it, what is copied or drawn does not."""

import gzip
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from markdown import Markdown

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, Repository
from tools.site import search
from tools.site.search import SearchPage

MINISEARCH = ROOT / "docs" / "assets" / "vendor" / "minisearch"
VOID = {"br", "link", "hr", "img", "input", "wbr", "circle", "line", "path", "rect"}
PAGES = 250  # of a language, with which the first result is to come within a second on a slow line
FIRST_KB = 100  # of headings.json, gzip, for that many pages
LATER_KB = 600  # of texts.json


def convert(text: str) -> str:
    options = {
        "tools.site.extension": {"language": "en", "page": "states/one.md"},
        "pymdownx.blocks.details": {"types": [{"name": "setup", "class": "setup", "title": "Setup"}]},
        "toc": {"permalink": True},
    }
    extensions = ["attr_list", "tables", "toc", "pymdownx.blocks.details", "tools.site.extension"]
    return Markdown(extensions=extensions, extension_configs=options).convert(text)


def sections(text: str, **meta) -> list[search.Section]:
    return list(SearchPage("states/one/", meta, convert(text)).sections())


@pytest.mark.parametrize(
    "drawn",
    [
        '```steps story="states/one_object_passes_through_five_states.py"\n```',
        "/// setup\n```python\nimport os\n```\n///",
        '```table name="matrix-marked"\n```',
        '```predict name="marked-refresh marked-add"\nBecause.\n```',
    ],
    ids=["stepper", "setup", "cells", "question"],
)
def test_it_is_left_out(drawn):
    first, second = sections(f"# Title {{#title}}\n\nBefore.\n\n{drawn}\n\nAfter.\n\n## More {{#more}}\n\nText.")
    assert (first.id, first.heading, first.text, first.code) == ("title", "Title", "Before. After.", "")
    assert (second.id, second.heading, second.text) == ("more", "More", "Text.")


def test_the_links_at_the_end_of_a_page_are_left_out():
    assert [section.id for section in sections("# Title {#title}\n\n## Next {#next}\n\n- Others")] == ["title"]


def test_tables_and_printed_text_are_found():
    text = "# Title {#title}\n\n| a | b |\n| --- | --- |\n| *one* `two` | x &lt; y |\n\n```text\nit is\nprinted\n```\n"
    (section,) = sections(text)
    assert section.text == "a b one two x < y it is printed"


def test_of_code_only_the_names_that_the_text_does_not_have():
    (section,) = sections("# A {#a}\n\nUse `flush`.\n\n```python\nsession.flush()\nbook = merge(old=book)\n```\n")
    assert (section.text, section.code) == ("Use flush.", "session book merge")


def test_errors_that_a_page_quotes_are_messages():
    (section,) = sections("# T {#t}\n\n`database is locked`, `commit()` and `A & B … of C`, `database is locked`.")
    assert section.messages == "database is locked / A & B … of C"
    first, second = sections("# T {#t}\n\n## U {#u}", message=["One …", "Two …"])
    assert (first.messages, second.messages) == ("One … / Two …", "")


def test_other_names_and_pages_that_are_not_searched():
    meta = {
        "label": "Short",
        "keywords": ["懒加载", 7],
        "class": "Wrong",
        "message": ["A …", "B …"],
        "code": "a1b2",
    }
    assert SearchPage("", meta, "").names == ["Short", "懒加载", "7", "Wrong", "a1b2"]
    assert not SearchPage("", {"search": {"exclude": True}}, "").is_searched
    assert SearchPage("", {}, "").names == [] and SearchPage("", {}, "").is_searched


def test_the_files():
    shown = SearchPage("one/", {"description": "Why &amp; how"}, convert("# One {#one}\n\nText."))
    hidden = SearchPage("two/", {"search": {"exclude": True}}, convert("# Two {#two}"))
    empty = SearchPage("three/", {}, "<p>no heading</p>")
    found = {name: json.loads(text) for name, text in search.files([shown, hidden, empty]).items()}
    page = {"url": "one/", "title": "One", "names": [], "about": "Why & how", "sections": [["one", "One", ""]]}
    assert found == {search.HEADINGS: [page], search.TEXTS: {"one/": [["Text.", ""]]}}


@pytest.fixture(scope="module")
def index(site):
    """The two files of each language."""
    return {
        language: [
            json.loads((site / ("" if language == LANGUAGES[0] else language) / name).read_text("utf-8"))
            for name in (search.HEADINGS, search.TEXTS)
        ]
        for language in LANGUAGES
    }


def test_every_section_can_be_found(index):
    for page in Repository().all_pages:
        headings, texts = index[page.language]
        (entry,) = [one for one in headings if one["url"].removeprefix("./").rstrip("/") == _path(page.name)]
        expected = [section.id for section in page.sections if section.id != search.NEXT]
        assert [section[0] for section in entry["sections"]] == expected, f"{page.path}: sections are not found"
        assert len(texts[entry["url"]]) == len(expected)
        assert set(map(str, page.meta.get("keywords") or [])) <= set(entry["names"])
        assert all(message in entry["sections"][0][2] for message in page.messages)


def _path(name: str) -> str:
    return re.sub(r"(^|/)index$", "", name.removesuffix(".md"))


def test_setup_and_the_pages_of_stories_are_not_searched(index):
    for headings, texts in index.values():
        assert "The library that every story uses" not in json.dumps(texts)
        assert not [page["url"] for page in headings if page["url"].startswith("stories/")]


def test_the_index_stays_small(site):
    for folder in (site, site / "zh"):
        pages = len(json.loads((folder / search.HEADINGS).read_text("utf-8")))
        for name, most in ((search.HEADINGS, FIRST_KB), (search.TEXTS, LATER_KB)):
            size = len(gzip.compress((folder / name).read_bytes())) / 1000 / pages * PAGES
            assert size <= most, f"{name} would have {size:.0f} kB: leave out what nobody looks for"


class Unclosed(HTMLParser):
    """Elements that are not closed: what follows them might be left out of the index."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}, open: {self.open[-3:]}")


def test_every_element_of_a_page_is_closed(site):
    for path in sorted(site.rglob("index.html")):
        article = path.read_text("utf-8").partition("<article")[2].partition("</article>")[0].partition(">")[2]
        parser = Unclosed(article)
        found = parser.wrong[:3] + parser.open[:3]
        assert found == [], f"{path.relative_to(site)}: {found}: close what is opened, or search stumbles"


def test_what_is_left_out_holds_nothing_of_its_own_kind(site):
    """The expressions that leave it out look for the first closing tag."""
    for path in sorted(site.rglob("index.html")):
        depth = 0
        for closing in re.findall(r"<(/?)section\b", path.read_text("utf-8")):
            depth += -1 if closing else 1
            assert depth < 2, f"{path.relative_to(site)}: a section inside a section: mend tools/site/search.py"


def test_the_library_is_the_one_that_was_published():
    source = (MINISEARCH / "SOURCE.txt").read_text("utf-8")
    digest = hashlib.sha256((MINISEARCH / "minisearch.js").read_bytes()).hexdigest()
    assert digest in source, "minisearch.js is not what SOURCE.txt says: put it back, or name its version"
    assert "Permission is hereby granted" in (MINISEARCH / "LICENSE.txt").read_text("utf-8")
