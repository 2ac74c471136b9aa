"""The list of pages: labels, chapters' titles, one chapter open, and bytes that do not grow with the others."""

import re
from html import unescape

import pytest
import yaml

from tools.content.repository import ROOT, Repository
from tools.site import navigation

NAV = ["index.md", {"Start": ["start/one.md", "start/two.md"]}, {"States": ["states/one.md"]}]


@pytest.fixture
def docs(tmp_path):
    for name, text in {
        "index.md": "# Home {#home}\n",
        "start/one.md": "---\nlabel: One\n---\n\n# Number one of all {#one}\n",
        "start/two.md": "# Two {#two}\n",
        "states/one.md": "---\nno: [front\n---\n",
    }.items():
        path = tmp_path / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "en"


def test_a_page_is_listed_by_its_label(docs):
    assert navigation.chapters(NAV, docs, {"Start": "起步"}) == [
        "index.md",
        {"起步": [{"One": "start/one.md"}, "start/two.md"]},
        {"States": ["states/one.md"]},
    ]


def test_one_chapter_may_be_served_alone(docs):
    assert navigation.chapters([{"Home": "index.md"}, *NAV[1:]], docs, {"Home": "首页"}, only="states/") == [
        {"首页": "index.md"},
        {"States": ["states/one.md"]},
    ]


def test_a_page_that_is_not_there_is_for_the_checks(docs):
    assert navigation.chapters([{"Start": ["start/none.md"]}], docs, {}) == [{"Start": ["start/none.md"]}]


def test_a_page_with_a_label_keeps_its_title():
    markdown = "\n# `flush()` & `commit()` {#flush}\n\n## Another {#another}\n"
    assert navigation.published_meta({"label": "Flush"}, markdown) == {"title": "flush() &amp; commit()"}
    assert navigation.published_meta({"description": 'Says "so"'}, markdown) == {"description": "Says &quot;so&quot;"}


# The built pages.

CHAPTERS = {
    title: pages if isinstance(pages, list) else [pages]
    for entry in yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", ""))["nav"]
    for title, pages in entry.items()
}
CHAPTER_OF = {name: title for title, names in CHAPTERS.items() for name in names}
LIST = re.compile(r'<nav class="md-nav md-nav--primary.*?(?=<div class="md-sidebar md-sidebar--secondary)', re.DOTALL)
TABS = re.compile(r'<nav class="md-tabs".*?</nav>', re.DOTALL)
LINK = re.compile(r'<a href="([^"#]*)" class="md-(?:nav|tabs)__link[^"]*">(.*?)</a>', re.DOTALL)


def listed(site, page) -> list[tuple[str, str]]:
    """The addresses below the language's folder, and the names, that a page lists, without its own headings."""
    folder = site if page.language == "en" else site / "zh"
    path = folder / (page.name.removesuffix(".md") if page.name != "index.md" else "") / "index.html"
    found = LINK.findall(LIST.search(path.read_text("utf-8"))[0])
    return [
        ((path.parent / href).resolve().relative_to(folder.resolve()).as_posix(), unescape(re.sub("<[^>]+>", "", text)))
        for href, text in found
    ]


@pytest.mark.parametrize("page", Repository().all_pages, ids=lambda page: f"{page.language}/{page.name}")
def test_a_page_lists_its_chapter_and_one_page_of_each_other(site, page):
    names = ["index.md" if path == "." else f"{path}.md" for path, _ in listed(site, page)]
    own = CHAPTER_OF.get(page.name)
    others = [name for name in names if CHAPTER_OF.get(name) != own]
    assert len({CHAPTER_OF.get(name) for name in others}) == len(others), (
        f"{page.name} lists several pages of another chapter: its bytes grow with the site"
    )
    if own:
        assert [name for name in names if CHAPTER_OF.get(name) == own] == CHAPTERS[own]


def test_every_chapter_is_one_step_away(site):
    html = (site / "states" / "quiz" / "index.html").read_text("utf-8")
    tabs = [re.sub("<[^>]+>", "", text).strip() for _, text in LINK.findall(TABS.search(html)[0])]
    assert tabs == [*CHAPTERS, "Errors"]
    assert "md-tabs" not in html.partition("<header")[2].partition("</header>")[0], (
        "tabs that stick take a phone's room"
    )


def test_the_home_page_lists_nothing(site):
    html = (site / "index.html").read_text("utf-8")
    assert re.search(r'class="md-sidebar md-sidebar--primary"[^>]* hidden', html)
    assert re.search(r'class="md-sidebar md-sidebar--secondary"[^>]* hidden', html)
