"""The one 404 page of a host speaks every language, and is no page to be found."""

import re

import pytest

from tools.content.pages import read
from tools.content.repository import ROOT
from tools.site import not_found

SECTION = '<section class="not-found" lang="{}"><h1>{}</h1></section>'


@pytest.fixture
def folders(tmp_path):
    for folder, tag, text in ((tmp_path, "en", "Nothing"), (tmp_path / "zh", "zh-Hans", "没有")):
        folder.mkdir(exist_ok=True)
        (folder / "404.html").write_text(f"<article>{SECTION.format(tag, text)}</article>", "utf-8")
    return [tmp_path, tmp_path / "zh"]


def test_each_page_has_its_own_language_first(folders):
    not_found.merge(folders)
    tags = [re.findall('lang="([^"]+)"', (folder / "404.html").read_text("utf-8")) for folder in folders]
    assert tags == [["en", "zh-Hans"], ["zh-Hans", "en"]]


def test_it_may_be_repeated(folders):
    not_found.merge(folders)
    before = [(folder / "404.html").read_text("utf-8") for folder in folders]
    not_found.merge(folders)
    assert [(folder / "404.html").read_text("utf-8") for folder in folders] == before


def test_a_page_without_section_is_left_alone(folders):
    (folders[0] / "404.html").write_text("<p>Another theme</p>", "utf-8")
    not_found.merge(folders)
    assert (folders[0] / "404.html").read_text("utf-8") == "<p>Another theme</p>"


def test_it_lists_the_chapters_and_every_error_in_each_language(site):
    html = (site / "404.html").read_text("utf-8")
    assert html.count("not-found.js") == 1
    assert '<meta name="robots" content="noindex">' in html and 'rel="canonical"' not in html
    errors = [name.removesuffix(".md") for name in read(ROOT / "docs", "en") if name.startswith("errors/")]
    chapters = {path.parent.name for path in (ROOT / "docs/en").glob("*/*.md")}
    for tag, root in (("en", "/session/"), ("zh-Hans", "/session/zh/")):
        section = next(found[0] for found in not_found.SECTION.finditer(html) if found["tag"] == tag)
        links = re.findall('href="([^"]+)"', section)
        assert {link.removeprefix(root).partition("/")[0] for link in links[1:]} == chapters
        assert {f"{root}{name}/" for name in errors} <= set(links)
        assert f'data-home="{root}"' in section, "site.js finds the language of an address by it"


def test_pages_that_are_there_may_be_found(site):
    assert "noindex" not in (site / "index.html").read_text("utf-8")
