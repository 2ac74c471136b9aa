"""What the built pages hold, in each language, whoever publishes them."""

import filecmp
import functools
import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.conftest import build_site
from tools.content.repository import ROOT, Repository
from tools.site import history

PAGES = Repository().all_pages
BASE = "https://owner.example/session/"
TAG = {"en": "en", "zh": "zh-Hans"}


class Elements(HTMLParser):
    """The start tags of a page, as (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.found if name == tag and attributes.items() <= found.items()]


read = functools.cache(Elements)  # six tests look at every page


def path_of(page) -> str:
    name = page.name.removesuffix(".md")
    return "" if name == "index" else f"{name}/"


def html_of(site, page) -> str:
    folder = site if page.language == "en" else site / "zh"
    return (folder / path_of(page) / "index.html").read_text("utf-8")


@pytest.fixture(params=PAGES, ids=lambda page: f"{page.language}/{page.name}")
def page(request):
    return request.param


def test_language(site, page):
    assert read(html_of(site, page)).all("html")[0]["lang"] == TAG[page.language]


def test_title_and_description(site, page):
    html = html_of(site, page)
    own_name = {"en": "SQLAlchemy Session, Step by Step", "zh": "SQLAlchemy Session 逐步图解"}[page.language]
    title = page.sections[0].title.replace("`", "")
    expected = own_name if page.name == "index.md" else f"{title} - {own_name}"
    assert unescape(re.search("<title>(.*?)</title>", html)[1]) == expected
    assert read(html).all("meta", name="description")[0]["content"] == page.meta["description"]


def test_links_between_languages(site, page):
    elements = read(html_of(site, page))
    links = {link["hreflang"]: link["href"] for link in elements.all("link", rel="alternate") if "hreflang" in link}
    assert links == {
        "en": BASE + path_of(page),
        "zh-Hans": BASE + "zh/" + path_of(page),
        "x-default": BASE + path_of(page),
    }
    switch = next(link for link in elements.all("a") if "language-switch" in (link.get("class") or ""))
    folder = site if page.language == "en" else site / "zh"
    target = (folder / path_of(page) / switch["href"] / "index.html").resolve()
    other = site / "zh" if page.language == "en" else site
    assert target == (other / path_of(page) / "index.html").resolve()
    assert switch["hreflang"] == switch["lang"] != TAG[page.language]


def test_edit_link(site, page):
    edit = read(html_of(site, page)).all("a", rel="edit")
    assert [link["href"] for link in edit] == [
        f"https://git.example/owner/session/edit/main/docs/{page.language}/{page.name}"
    ]


def test_nothing_is_fetched_from_anybody_else(site, page):
    fetched = [
        found.get("src") or found.get("href")
        for tag, found in read(html_of(site, page)).found
        if tag in ("script", "img", "iframe", "source")
        or (tag == "link" and found.get("rel") in ("stylesheet", "icon"))
    ]
    assert not [address for address in fetched if address and re.match(r"(https?:)?//", address)]


def test_content_security_policy(site, page):
    html = html_of(site, page)
    policy = read(html).all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    if page.name == "play.md":  # its frame compiles WebAssembly, which is no script of anybody else's
        policy = policy.replace(" 'wasm-unsafe-eval'", "")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert script.count("'sha256-") >= 1
    assert " style=" not in html


def test_the_site_builds(built):
    if built[1]:
        pytest.fail("\n".join(dict.fromkeys(built[1])), pytrace=False)


@pytest.mark.parametrize("language, title", [("en", "Page not found"), ("zh", "找不到页面")])
def test_not_found(site, language, title):
    html = (site / ("404.html" if language == "en" else "zh/404.html")).read_text("utf-8")
    elements = Elements(html)
    assert f"<title>{title} - " in html
    assert elements.all("html")[0]["lang"] == TAG[language]
    assert {"/session/", "/session/zh/"} <= {link["href"] for link in elements.all("a")}
    assert elements.all("meta", **{"http-equiv": "Content-Security-Policy"})


def test_sitemaps_name_every_page_and_the_day_of_its_last_change(site):
    for language, folder in (("en", site), ("zh", site / "zh")):
        root = ET.parse(folder / "sitemap.xml").getroot()
        space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
        prefix = BASE if language == "en" else BASE + "zh/"
        expected = {prefix + path_of(page) for page in PAGES if page.language == language} | {f"{prefix}errors/"}
        assert {loc.text for loc in root.findall("s:url/s:loc", space)} == expected
        known = history.pages(ROOT, language)
        days = {
            prefix + path_of(page): known[page.name].changed
            for page in PAGES
            if page.language == language and page.name in known
        }
        for url in root.findall("s:url", space):
            assert url.findtext("s:lastmod", namespaces=space) == days.get(url.findtext("s:loc", namespaces=space))


def test_code_is_shown_without_the_empty_lines_around_it(site, page):
    blocks = re.findall(r"<pre><code>(.*?)</code></pre>", html_of(site, page), re.DOTALL)
    assert [block for block in blocks if re.match(r"\n", block) or re.search(r"\n\n$", block)] == []


def test_the_same_commit_builds_the_same_bytes(site, tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", BASE)
    monkeypatch.setenv("EDIT_URL", "https://git.example/owner/session/edit/main")
    assert_same_files(site, build_site(tmp_path / "session"))


def assert_same_files(site, again):
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file())
    _, different, unreadable = filecmp.cmpfiles(site, again, names, shallow=False)
    assert (different, unreadable) == ([], [])
