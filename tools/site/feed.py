"""Make an Atom feed of the page on which the changes of the guide are listed: `changelog/` becomes `changelog.xml`.

An entry is a section whose heading begins with a day: `## 2026-11-30: More pages {#more-pages}`. Its id is the address
of its heading, so an entry whose words are mended stays the same entry.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

PAGE = "changelog/index.html"
FEED = "changelog.xml"
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = re.compile(r'<html lang="([^"]+)"')
ADDRESS = re.compile(r'<link rel="canonical" href="([^"]+)"')
SITE = re.compile(r'<meta property="og:site_name" content="([^"]*)">')
TITLE = re.compile(r'<meta property="og:title" content="([^"]*)">')
ARTICLE = re.compile(r"<article[^>]*>(.*?)</article>", re.DOTALL)
HEADING = re.compile(r'<h2 id="(?P<id>[^"]+)">(?P<title>.*?)</h2>', re.DOTALL)
PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
FOOT = re.compile(r'<p class="page-facts">.*', re.DOTALL)
DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:: |：)(?P<title>.+)", re.DOTALL)
LINK = re.compile(r'(?<= href=")[^"]*')
TAG = re.compile(r"<[^>]+>")


class FeedError(Exception):
    """A page of which no feed can be made: one line with the remedy."""


@dataclass(frozen=True)
class Entry:
    """A change: the id of its heading, the day as YYYY-MM-DD, its title as text and what it says as HTML."""

    anchor: str
    day: str
    title: str
    html: str


def add(folder: Path) -> None:
    """Write the feed of a built site of one language, if it has the page. Raises FeedError, OSError."""
    page = folder / PAGE
    if page.is_file():
        (folder / FEED).write_bytes(atom(page.read_text("utf-8")))


def atom(html: str) -> bytes:
    """The feed of a built page. Raises FeedError where the page has no entry."""
    address, found = _found(ADDRESS, html), list(entries(html))
    if not found:
        raise FeedError("changelog.md: has no section like '## 2026-11-30: More pages {#more-pages}': write one")
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": _found(LANGUAGE, html)})
    site = _found(SITE, html)
    _add(root, "title", f"{site} - {_found(TITLE, html)}")
    _add(root, "id", address)
    _add(root, "updated", _moment(max(entry.day for entry in found)))
    _add(ET.SubElement(root, "author"), "name", site)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=urljoin(address, f"../{FEED}"))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=address)
    for entry in found:
        element = ET.SubElement(root, "entry")
        there = f"{address}#{entry.anchor}"
        _add(element, "title", entry.title)
        _add(element, "id", there)
        _add(element, "updated", _moment(entry.day))
        ET.SubElement(element, "link", rel="alternate", type="text/html", href=there)
        content = LINK.sub(lambda link: urljoin(address, link[0]), entry.html)
        _add(element, "content", content, type="html")
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def entries(html: str) -> Iterator[Entry]:
    """The entries of a built page, as they stand there."""
    article = ARTICLE.search(html)
    text = FOOT.sub("", article[1]) if article else ""
    headings = list(HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=False):  # without headings there is an end all the same
        written = unescape(TAG.sub("", PERMALINK.sub("", heading["title"]))).strip()
        if dated := DATED.fullmatch(written):
            yield Entry(heading["id"], dated["day"], dated["title"], text[heading.end() : end].strip())


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    element = ET.SubElement(parent, name, attributes)
    element.text = text


def _found(pattern: re.Pattern[str], html: str) -> str:
    match = pattern.search(html)
    return unescape(match[1]) if match else ""
