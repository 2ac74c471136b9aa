"""The Atom feed of the list of changes: made from the built page, valid, with ids that stay."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest

from tests.conftest import ADDRESS
from tests.site.test_links import Site
from tools.content.repository import ROOT
from tools.site import feed

ATOM = {"a": feed.ATOM}
PAGE = """<!doctype html><html lang="en"><head>
<link rel="canonical" href="https://x.example/changelog/">
<meta property="og:title" content="Changes &amp; more"><meta property="og:site_name" content="The site">
</head><body><article class="md-content__inner"><h1 id="changes">Changes</h1><p>Newest first.</p>
<h2 id="two">2026-02-02: Two &lt;pages&gt;<a class="headerlink" href="#two">&para;</a></h2>
<p>See <a href="../states/one/">One</a> &amp; <code>a &lt; b</code>.</p>
<h2 id="about">About this list</h2><p>Nothing.</p>
<h2 id="one">2026-01-01：<code>One</code> page</h2><p>It begins.</p>
<p class="page-facts"><a href="https://git.example/">Edit</a></p></article></body></html>"""


def test_an_entry_is_a_section_with_a_day():
    two, one = feed.entries(PAGE)
    assert (two.anchor, two.day, two.title) == ("two", "2026-02-02", "Two <pages>")
    assert (one.anchor, one.day, one.title, one.html) == ("one", "2026-01-01", "One page", "<p>It begins.</p>")


def test_the_feed_has_what_atom_demands():
    root = ET.fromstring(feed.atom(PAGE))
    assert root.tag == f"{{{feed.ATOM}}}feed"
    assert root.findtext("a:title", namespaces=ATOM) == "The site - Changes & more"
    assert root.findtext("a:id", namespaces=ATOM) == "https://x.example/changelog/"
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-02-02T00:00:00Z", "that of the newest entry"
    assert root.findtext("a:author/a:name", namespaces=ATOM) == "The site"
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
    assert links == {"self": "https://x.example/changelog.xml", "alternate": "https://x.example/changelog/"}


def test_links_of_an_entry_lead_somewhere_from_anywhere():
    entry = ET.fromstring(feed.atom(PAGE)).find("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == "https://x.example/changelog/#two"
    content = entry.find("a:content", ATOM)
    assert content.get("type") == "html"
    assert content.text == '<p>See <a href="https://x.example/states/one/">One</a> &amp; <code>a &lt; b</code>.</p>'


def test_a_page_without_entries_is_a_line(tmp_path):
    (tmp_path / "changelog").mkdir()
    (tmp_path / feed.PAGE).write_text(PAGE.replace("2026-", "in "), "utf-8")
    with pytest.raises(feed.FeedError, match="^changelog.md: has no section like"):
        feed.add(tmp_path)


def test_a_site_without_the_page_has_no_feed(tmp_path):
    feed.add(tmp_path)
    assert not (tmp_path / feed.FEED).exists()


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_the_built_feed_holds_every_entry_of_the_page(site, folder):
    page = (ROOT / "docs" / (folder.strip("/") or "en") / "changelog.md").read_text("utf-8")
    days = re.findall(r"^## (\S{10})(?:: |：)", page, re.MULTILINE)
    assert len(days) == len(re.findall("^## ", page, re.MULTILINE)), "begin each heading with its day: 2026-11-30: …"
    assert days == sorted(days, reverse=True), "put the newest entry first"
    root = ET.parse(site / folder / feed.FEED).getroot()
    entries = root.findall("a:entry", ATOM)
    assert [entry.findtext("a:updated", namespaces=ATOM)[:10] for entry in entries] == days
    for entry in entries:
        datetime.fromisoformat(entry.findtext("a:updated", namespaces=ATOM))
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    read = Site(site)
    links = [
        *ids,
        *(link for entry in entries for link in re.findall('href="([^"]+)"', entry.findtext("a:content", "", ATOM))),
    ]
    assert all(link.startswith(ADDRESS) for link in links)
    assert [fault for link in links if (fault := read._fault("index.html", link))] == []


def test_every_page_names_the_feed(site):
    for page, link in (("states/five-states", "../../changelog.xml"), ("zh/states/five-states", "../../changelog.xml")):
        html = (site / page / "index.html").read_text("utf-8")
        assert re.search(rf'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="{link}">', html)
