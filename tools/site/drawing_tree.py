"""The elements of a drawing that tools/tables made, as a tree: its markup is ours, so it is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from tools.site.markdown_text import plain

# What is not text: scripts, controls, and drawings, of which the words for those who do not see them are.
FIGURE = re.compile(r'<svg[^>]*? aria-label="([^"]*)".*?</svg>', re.DOTALL)
SILENT = re.compile(
    r"<(script|form|style|svg)\b.*?</\1>|<(\w+)(?:\s[^<>]*)? hidden(?:=[^<>]*)?>.*?</\2>|<input\b[^<>]*>",
    re.DOTALL,
)
TOKEN = re.compile(r"<(/?)(\w+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
VOID = ("br",)


@dataclass(slots=True)
class Element:
    """An element of a drawing, with its attributes as they are written."""

    tag: str
    attributes: str = ""
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of these names inside, in order; not those inside of one that is found."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.all(*tags)

    def first(self, tag: str) -> Element | None:
        return next(self.all(tag), None)

    def get(self, name: str) -> str:
        """The value of an attribute; empty where there is none."""
        found = re.search(rf'(?:^|\s){name}=(?:"([^"]*)"|([^\s"]+))', self.attributes)
        return unescape(found[1] or found[2] or "") if found else ""

    @property
    def text(self) -> str:
        """All text inside, its marks untouched."""
        return "".join(plain(child) if isinstance(child, str) else child.text for child in self.children)


def parse(html: str) -> Element:
    """The elements of a drawing below one root."""
    html = html.replace("<wbr>", "").replace("<wbr/>", "")
    if any(mark in html for mark in ("<svg", "<form", "<script", "<input", " hidden")):  # most drawings are text alone
        html = SILENT.sub("", FIGURE.sub(r"<p>\1</p>", html))
    root = Element("")
    opened, at = [root], 0
    for token in TOKEN.finditer(html):
        if token.start() > at:
            opened[-1].children.append(html[at : token.start()])
        at = token.end()
        closing, tag, attributes = token.groups()
        if not closing:
            element = Element(tag, attributes)
            opened[-1].children.append(element)
            if tag not in VOID:
                opened.append(element)
        elif len(opened) > 1:
            opened.pop()
    if at < len(html):
        opened[-1].children.append(html[at:])
    return root
