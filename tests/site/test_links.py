"""Every link inside the built site leads to a file of it, and every anchor to an element of that page.

Pages are read as browsers read them: what is drawn counts, whoever drew it. So are the search index, the sitemaps and
the style sheets.
"""

import json
import re
from collections import Counter
from difflib import get_close_matches
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import ADDRESS
from tools.content.repository import ROOT
from tools.site import playground

# Regular expressions, because html.parser takes six times as long, and there will be hundreds of pages.
IGNORED = re.compile(r"<!--.*?-->|(?<=<script>).*?(?=</script>)", re.DOTALL)
TAG = re.compile(r'<[a-zA-Z](?:[^>"]|"[^"]*")*>')
ATTRIBUTE = re.compile(r'\s(id|href|src|action|poster|srcset)=(?:"([^"]*)"|([^\s>"]+))')
STYLE_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)")
STORY = "story="
LOCATION = re.compile(r"<loc>([^<]+)</loc>")


class Site:
    """The links and the ids of a built folder that is served at `address`."""

    def __init__(self, folder: Path, address: str = ADDRESS) -> None:
        self.address = address
        self.files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        self.links: dict[str, list[str]] = {}
        self.ids: dict[str, Counter[str]] = {}
        for name in sorted(self.files):
            if name.endswith(".html"):
                self.ids[name], self.links[name] = _html((folder / name).read_text("utf-8"))
            elif name.endswith("search/headings.json"):
                root = urljoin(address, name.removesuffix("search/headings.json"))
                pages = json.loads((folder / name).read_text("utf-8"))
                anchors = [f"{page['url']}#{section[0]}" for page in pages for section in page["sections"]]
                self.links[name] = [urljoin(root, anchor) for anchor in anchors]
            elif name.endswith("sitemap.xml"):
                self.links[name] = LOCATION.findall((folder / name).read_text("utf-8"))
            elif name.endswith(".css"):
                self.links[name] = STYLE_URL.findall((folder / name).read_text("utf-8"))

    def faults(self) -> list[str]:
        """A line for each link that leads nowhere and each id that a page has twice."""
        found = [
            f"{_source(name)}: the link {link} {fault}"
            for name, links in self.links.items()
            for link in dict.fromkeys(links)
            if (fault := self._fault(name, link))
        ]
        twice = [(name, id) for name, ids in self.ids.items() for id, times in ids.items() if times > 1]
        return found + [f"{_source(name)}: the id {id} stands there twice: give one another" for name, id in twice]

    def _fault(self, name: str, link: str) -> str | None:
        # A page that is not there may have any address: what stands on 404.html is read from far below.
        at = name.replace("404.html", "no/such/page/")
        address, _, anchor = urljoin(urljoin(self.address, at), link).partition("#")
        if not address.startswith(self.address):
            inside = urlsplit(address)[:2] == urlsplit(self.address)[:2]
            return "leaves the site's folder: write it relative to the page" if inside else None
        path = unquote(urlsplit(address).path[len(urlsplit(self.address).path) :])
        target = f"{path}index.html" if path.endswith("/") or not path else path
        if target not in self.files:
            slash = f"{path}/index.html" in self.files
            return (
                "has no slash at its end: add it" if slash else f"leads to {target}, which is not built: mend the link"
            )
        anchor = unquote(anchor)
        if anchor.startswith(STORY):  # a program of the playground
            story = f"{playground.ASSETS}/stories/{anchor.removeprefix(STORY)}.py"
            return None if story in self.files else f"names no story: {story} is not there"
        if not anchor or target not in self.ids or anchor in self.ids[target]:
            return None
        near = get_close_matches(anchor, self.ids[target], 1)
        return f"names no id of {_source(target)}: " + (f"write #{near[0]}?" if near else "name one that is there")


def _html(text: str) -> tuple[Counter[str], list[str]]:
    ids, links = Counter(), []
    for tag in TAG.findall(IGNORED.sub("", text)):
        for name, quoted, bare in ATTRIBUTE.findall(tag):
            value = unescape(quoted or bare)
            if name == "id":
                ids[value] += 1
            elif name == "srcset":
                links += [choice.split()[0] for choice in value.split(",")]
            else:
                links.append(value)
    return ids, links


def _source(name: str) -> str:
    """The file that a writer edits, for a file that was built from it; the built file's name where there is none."""
    language, path = ("zh", name[3:]) if name.startswith("zh/") else ("en", name)
    for suffix, source in (("/index.html", ".md"), ("index.html", "index.md")):
        if path.endswith(suffix) and (ROOT / "docs" / language / path.replace(suffix, source)).is_file():
            return f"docs/{language}/{path.replace(suffix, source)}"
    return name


def test_every_link_and_anchor_leads_somewhere(site):
    read = Site(site)
    assert {"index.html", "zh/index.html", "404.html", "search/headings.json", "sitemap.xml"} <= read.links.keys()
    faults = read.faults()
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


PAGE = "start/how-to-read"  # a name that exists, so that messages name its source


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (f"{PAGE}/index.html", '<a href="../../">', None),
        (f"{PAGE}/index.html", '<a href=../../#here title="a > b">', None),
        (f"{PAGE}/index.html", '<!-- <a href="gone/"> --><script>"<a href=gone>"</script>', None),
        (f"{PAGE}/index.html", '<a href="https://elsewhere.example/gone">', None),
        (
            f"{PAGE}/index.html",
            '<img src="../gone.svg">',
            f"docs/en/{PAGE}.md: the link ../gone.svg leads to start/gone.svg",
        ),
        (
            f"zh/{PAGE}/index.html",
            '<a href="../../../#hree">',
            f"docs/zh/{PAGE}.md: the link ../../../#hree names no id of ",
        ),
        (f"{PAGE}/index.html", '<a href="../../../other/">', "leaves the site's folder"),
        (f"{PAGE}/index.html", '<a href="../../two">', "has no slash at its end"),
        (f"{PAGE}/index.html", '<b id="a"><i id="a">', f"docs/en/{PAGE}.md: the id a stands there twice"),
        ("index.html", f'<link hreflang="zh-Hans" href="{ADDRESS}zh/gone/">', "leads to zh/gone/index.html"),
        ("404.html", '<a href="two/">', "404.html: the link two/ leads to no/such/page/two/index.html"),
        ("404.html", '<a href="/session/two/">', None),
        ("search/headings.json", '[{"url": "", "sections": [["gone"]]}]', "search/headings.json: the link"),
        ("zh/sitemap.xml", f"<loc>{ADDRESS}zh/gone/</loc>", "zh/sitemap.xml: the link"),
        ("assets/a.css", "a { background: url(gone.svg) }", "assets/a.css: the link gone.svg"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path, name, text, fault):
    for path, content in {"index.html": '<p id="here">', "two/index.html": "", name: text}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    faults = Site(tmp_path).faults()
    assert [line for line in faults if fault and fault in line] == faults, "one fault, and no other"
    assert len(faults) == bool(fault)
