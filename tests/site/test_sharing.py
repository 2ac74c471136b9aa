"""What the head of a built page says to those who share and index it, and what it names beside the page."""

import json
import re
import struct
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.conftest import ADDRESS
from tests.site.test_site import PAGES, TAG, html_of, path_of, read
from tools.content.repository import ROOT
from tools.site import cards

LOCALE = {"en": "en_US", "zh": "zh_CN"}
SITE_NAME = {"en": "SQLAlchemy Session, Step by Step", "zh": "SQLAlchemy Session 逐步图解"}
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FORM = ROOT / ".github/ISSUE_TEMPLATE/wrong-fact.yml"
HOME = {"en": ADDRESS, "zh": f"{ADDRESS}zh/"}


@pytest.fixture(params=PAGES, ids=lambda page: f"{page.language}/{page.name}")
def page(request):
    return request.param


def tags(site, page) -> dict[str, str]:
    """The properties and names of a page's meta elements with what they say."""
    found = read(html_of(site, page)).all("meta")
    return {
        meta.get("property") or meta.get("name"): meta["content"]
        for meta in found
        if {"property", "name"} & meta.keys()
    }


def test_open_graph(site, page):
    found, other = tags(site, page), "zh" if page.language == "en" else "en"
    title = SITE_NAME[page.language] if page.name == "index.md" else page.sections[0].title.replace("`", "")
    expected = {
        "og:title": title,
        "og:description": page.meta["description"],
        "og:url": HOME[page.language] + path_of(page),
        "og:site_name": SITE_NAME[page.language],
        "og:type": "website" if page.name == "index.md" else "article",
        "og:locale": LOCALE[page.language],
        "og:locale:alternate": LOCALE[other],
        "twitter:card": "summary_large_image",
    }
    assert {name: found.get(name) for name in expected} == expected


def test_the_image_is_there_and_as_large_as_is_said(site, page):
    found = tags(site, page)
    image = site / found["og:image"].removeprefix(ADDRESS)
    assert found["og:image"].startswith(ADDRESS) and size(image) == cards.CARD_SIZE
    assert (int(found["og:image:width"]), int(found["og:image:height"])) == cards.CARD_SIZE
    assert found["og:image:alt"]


def size(png) -> tuple[int, int]:
    head = png.read_bytes()[:24]
    assert head.startswith(b"\x89PNG"), f"{png} is no PNG"
    return struct.unpack(">II", head[16:24])


def test_structured_data(site, page):
    (text,) = DATA.findall(html_of(site, page))
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    by_type = {item["@type"]: item for item in data["@graph"]}
    if page.name == "index.md":
        assert by_type.keys() == {"WebSite"}
        assert (by_type["WebSite"]["name"], by_type["WebSite"]["url"]) == (
            SITE_NAME[page.language],
            HOME[page.language],
        )
        return
    assert by_type.keys() == {"TechArticle", "BreadcrumbList"}
    article, trail = by_type["TechArticle"], by_type["BreadcrumbList"]["itemListElement"]
    assert article["headline"] == page.sections[0].title.replace("`", "")
    assert article["description"] == page.meta["description"]
    assert article["inLanguage"] == TAG[page.language]
    assert f'<meta property="og:image" content="{article["image"]}">' in html_of(site, page)
    assert article["url"] == trail[-1]["item"] == HOME[page.language] + path_of(page)
    length = 2 if page.name == "play.md" else 3  # it is a chapter by itself
    assert [item["position"] for item in trail] == [1, 2, 3][:length], "the home page, the chapter, the page"
    for item in trail:
        address = urlsplit(item["item"])
        assert (site.parent / address.path.strip("/") / "index.html").is_file(), f"{item['item']} leads nowhere"


def test_links_that_programs_read_have_no_stray_spaces(site, page):
    for link in read(html_of(site, page)).all("link"):
        assert link["rel"] == link["rel"].strip(), "site scripts may add one; the page as it is sent has none"


def test_a_problem_is_reported_with_the_page_and_its_version(site, page):
    links = [link["href"] for link in read(html_of(site, page)).all("a") if "issues/new?" in (link.get("href") or "")]
    (address,) = map(urlsplit, links)
    asked = parse_qs(address.query)
    fields = {field["id"] for field in yaml.safe_load(FORM.read_text("utf-8"))["body"] if "id" in field}
    assert asked.pop("template") == [FORM.name]
    assert asked.keys() <= fields, f"{FORM.name} has no such field: mend theme/partials/source-file.html"
    assert asked["page"] == [HOME[page.language] + path_of(page)]
    assert "SQLAlchemy 2." in asked["version"][0]


@pytest.mark.parametrize("folder, tag", [("", "en"), ("zh/", "zh-Hans")])
def test_the_manifest(site, folder, tag):
    manifest = json.loads((site / folder / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["lang"] == tag and manifest["name"] in SITE_NAME.values()
    assert manifest.keys() >= {"short_name", "start_url", "scope", "display", "icons", "theme_color"}
    for icon in manifest["icons"]:
        assert (site / folder / icon["src"]).is_file()
    assert size(site / folder / manifest["icons"][0]["src"]) == (cards.ICON_SIZE, cards.ICON_SIZE)
    html = (site / folder / "index.html").read_text("utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in html and "manifest-src 'self'" in html
    assert '<link rel="apple-touch-icon" href="assets/icon.png">' in html


def test_the_colors_of_the_browser_are_those_of_the_paper(site):
    style = (ROOT / "docs/assets/site.css").read_text("utf-8")
    papers = re.findall(r"--paper: (#\w+)", style)
    metas = read((site / "index.html").read_text("utf-8")).all("meta", name="theme-color")
    assert [meta["content"] for meta in metas] == papers, "mend theme/partials/sharing.html: light first, then dark"
    assert [meta["media"] for meta in metas] == ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"]
    assert json.loads((site / "manifest.webmanifest").read_text("utf-8"))["theme_color"] == papers[0]


def test_robots_are_welcome_and_led_to_the_sitemaps(site):
    lines = (site / "robots.txt").read_text("utf-8").splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert [line for line in lines if line.startswith("Sitemap")] == [
        f"Sitemap: {ADDRESS}sitemap.xml",
        f"Sitemap: {ADDRESS}zh/sitemap.xml",
    ]
    assert not (site / "zh" / "robots.txt").exists()


def test_the_header_links_the_repository(site, page):
    (link,) = [one for one in read(html_of(site, page)).all("a") if "repository" in (one.get("class") or "").split()]
    assert link["href"] == "https://git.example/owner/session" and link["aria-label"]
