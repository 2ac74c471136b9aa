"""What is folded or drawn stays out of the search index; everything else is in it. Read by the plugin's own parser."""

import re
from html.parser import HTMLParser

import pytest
from markdown import Markdown
from material.plugins.search.plugin import Parser

from tools.content.repository import ROOT

VOID = {"br", "hr", "img", "input", "wbr", "circle", "line", "path", "rect"}


def convert(text: str) -> str:
    options = {
        "tools.site.extension": {"language": "en", "page": "states/one.md"},
        "pymdownx.blocks.details": {"types": [{"name": "setup", "class": "setup", "title": "Setup"}]},
        "toc": {"permalink": True},
    }
    extensions = ["attr_list", "tables", "toc", "pymdownx.blocks.details", "tools.site.extension"]
    return Markdown(extensions=extensions, extension_configs=options).convert(text)


def searched(html: str) -> list[tuple[str, str]]:
    """The titles and texts that the search plugin reads."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [("".join(section.title).strip(), "".join(section.text).strip()) for section in parser.data]


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
    html = convert(f"# Title {{#title}}\n\nBefore.\n\n{drawn}\n\nAfter.\n\n## Next {{#next}}\n\nText.")
    (title, text), following = searched(html)
    assert (title, following) == ("Title", ("Next", "<p>Text.</p>"))
    assert re.sub(r"\s+", "", text) == "<p>Before.</p><p>After.</p>"


def test_code_and_tables_are_found():
    html = convert("# Title {#title}\n\n| a |\n| --- |\n| cell |\n\n```python\nif one:\n    two\n```\n")
    ((_, text),) = searched(html)
    assert "cell" in text and "if one:\n    two" in text


class Unclosed(HTMLParser):
    """Elements that are not closed, each of which the search plugin would carry to the end of the page."""

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


def test_the_attribute_is_not_published(site):
    assert not [path for path in site.rglob("index.html") if "data-search-exclude" in path.read_text("utf-8")]
    assert "data-search-exclude" in (ROOT / "tools" / "site" / "unsearched.py").read_text("utf-8")
