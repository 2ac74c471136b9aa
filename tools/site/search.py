"""What the search box looks through: two JSON files for each language, made from the pages as they are rendered.

`search/headings.json` is small: titles, headings, other names and descriptions of all pages, from which the first
results come. `search/texts.json` holds the words of their sections. docs/assets/search/ reads both.

Left out is what readers copy rather than read (setup), and what says again what stands elsewhere: steppers, questions
and the cells of large tables; and the links at the end of a page. Of a page's code only the names are kept that its
text doesn't have.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

HEADINGS, TEXTS = "search/headings.json", "search/texts.json"

NEXT = "next"  # the section of a page that only names others
LEFT_OUT = re.compile(
    r"<section\b.*?</section>|<form\b.*?</form>|<svg\b.*?</svg>"
    r'|<p class="(?:page-program|comments-key|table-json|open-playground)".*?</p>'
    r'|<details class="setup\b.*?</details>|<a class="headerlink".*?</a>',
    re.DOTALL,
)
HEADING = re.compile(r'<h(?P<level>[1-6])\b[^>]*?\bid="(?P<id>[^"]+)"[^>]*>(?P<title>.*?)</h(?P=level)>', re.DOTALL)
CODE = re.compile(r'<div class="language-(?:python|sh)\b[^>]*><pre\b[^>]*>(.*?)</pre></div>', re.DOTALL)
INLINE = re.compile(r"</?(?:a|b|code|em|i|kbd|mark|small|span|strong|sub|sup|wbr)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
QUOTED = re.compile(r"<code>([^<]*)</code>")
MESSAGE = re.compile(r"(?:\S+ ){2,}\S+")  # three words at least
NAME = re.compile(r"[A-Za-z_]\w{3,}")


@dataclass(frozen=True)
class Section:
    """A heading with its text as readers see it.

    `messages` are what the text quotes as code and in whole words, as errors are; `code` are names that stand only in
    its blocks of code.
    """

    id: str
    heading: str
    messages: str
    text: str
    code: str


@dataclass(frozen=True)
class SearchPage:
    """A rendered page: its address below the site of its language, its front matter and its content as HTML."""

    url: str
    meta: dict[str, Any]
    html: str

    @property
    def is_searched(self) -> bool:
        """Pages may be left out by the key that the theme documents: `search: {exclude: true}`."""
        return not (self.meta.get("search") or {}).get("exclude")

    @property
    def names(self) -> list[str]:
        """Other names of what the page is about; on a page about an error, its class and its code."""
        return [name for key in ("label", "keywords", "class", "code") for name in self._listed(key)]

    def _listed(self, key: str) -> list[str]:
        """What the front matter says under a key, one text or several."""
        value = self.meta.get(key) or []
        return [str(text) for text in (value if isinstance(value, list) else [value])]

    def sections(self) -> Iterator[Section]:
        """Its sections in order, the first of which has the page's title for its heading."""
        html = LEFT_OUT.sub(" ", self.html)
        headings = list(HEADING.finditer(html))
        for heading, following in zip(headings, [*headings[1:], None], strict=False):
            if heading["id"] == NEXT:
                continue
            body = html[heading.end() : following.start() if following else None]
            text = _text(CODE.sub(" ", body))
            code = _text(" ".join(CODE.findall(body)))
            own = self._listed("message") if heading is headings[0] else []  # the error that the page is about
            messages = [*own, *filter(MESSAGE.fullmatch, map(_text, QUOTED.findall(body)))]
            named = set(NAME.findall(text))
            names = dict.fromkeys(name for name in NAME.findall(code) if name not in named)
            yield Section(
                heading["id"], _text(heading["title"]), " / ".join(dict.fromkeys(messages)), text, " ".join(names)
            )


def files(pages: Iterable[SearchPage]) -> dict[str, str]:
    """The two files, as they lie below the site of a language."""
    headings: list[dict[str, Any]] = []
    texts: dict[str, list[list[str]]] = {}
    for page in pages:
        if page.is_searched and (sections := list(page.sections())):
            headings.append(
                {
                    "url": page.url,
                    "title": sections[0].heading,
                    "names": page.names,
                    "about": unescape(str(page.meta.get("description") or "")),
                    "sections": [[section.id, section.heading, section.messages] for section in sections],
                }
            )
            texts[page.url] = [[section.text, section.code] for section in sections]
    return {HEADINGS: _dump(headings), TEXTS: _dump(texts)}


def _text(html: str) -> str:
    """What readers see: without tags, entities and line breaks."""
    return " ".join(unescape(TAG.sub(" ", INLINE.sub("", html))).split())


def _dump(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
