"""What the search plugin should read of a page: its sections, without what is drawn, folded or colored.

The plugin's own parser looks at every tag of a page in Python; a page with steppers has ten thousand.
"""

import re
from dataclasses import dataclass
from html import unescape

# What is left out, by how it begins and ends: setup is folded; steppers show code twice; the same names of calls and
# errors stand in hundreds of cells.
LEFT_OUT = (
    ('<details class="setup">', "</details>"),
    ('<section class="stepper"', "</section>"),
    ('<section class="cells"', "</section>"),
    ('<section class="predict"', "</section>"),
    ('<form class="cell-filter"', "</form>"),
    ('<a class="headerlink"', "</a>"),
)
COLOR = re.compile(r"</?(?:span|i)\b[^>]*>")
# Of tags the theme keeps only these, without attributes; of headings it wants the ids.
OTHER = re.compile(r"\s*(?:<(?!/?(?:h[1-6]|p|pre|code|li|[ou]l|su[bp])\b)[^>]*>\s*)+")
SPACED = re.compile(r"(?:^|>)\s")
ATTRIBUTES = re.compile(r"<(p|pre|code|li|[ou]l|su[bp]) [^>]*>")
EMPTY = re.compile(r"<(p|li)>\s*</\1>")
HEADING = re.compile(r'<h[1-6] id="([^"]*)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)
CODE_BLOCK = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
SPACES = re.compile(r"[ \n\t]+")
REFERENCE = re.compile(r"&(?!lt;|gt;|amp;)#?\w+;")


@dataclass
class Section:
    """A heading and the text below it, as parts to be joined. The first section has no id: it is the page itself."""

    id: str | None
    title: list[str]
    text: list[str]

    def is_excluded(self) -> bool:
        return False


class Parser:
    """Stands in for `material.plugins.search.plugin.Parser`: feed() it a page's content, then read `data`."""

    def __init__(self) -> None:
        self.data: list[Section] = []

    def feed(self, html: str) -> None:
        _, *parts = HEADING.split(searched(html))
        for anchor, title, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            self.data.append(Section(anchor if self.data else None, [title], [text]))

    def close(self) -> None:
        pass


def searched(html: str) -> str:
    """A page's content with what is to be found, and the few tags that the list of results shows."""
    for beginning, end in LEFT_OUT:
        html = _without(html, beginning, end)
    html = COLOR.sub("", html)
    html = OTHER.sub(lambda tags: " " if SPACED.search(tags[0]) else "", html)
    html = EMPTY.sub("", ATTRIBUTES.sub(r"<\1>", html))
    html = REFERENCE.sub(lambda reference: unescape(reference[0]), html)
    parts = CODE_BLOCK.split(html)
    parts[::2] = [SPACES.sub(" ", part) for part in parts[::2]]
    return "".join(parts)


def _without(html: str, beginning: str, end: str) -> str:
    kept, position = [], 0
    while (start := html.find(beginning, position)) >= 0:
        kept.append(html[position:start])
        position = html.index(end, start) + len(end)
    return "".join([*kept, html[position:]])
