"""Drawings of a page (tables, questions, steps) for readers who want text: as Markdown, and tables as data.

Only the markup that the templates of tables/ draw is read, not any HTML: they say once what a table says, for the page,
and here it is told again without what only eyes need. steps_markdown.py does the same for steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tools.site import steps_markdown
from tools.site.drawing_tree import Element, parse
from tools.site.markdown_text import block, code, escaped, plain

BLOCKS = ("section", "div", "figure", "table", "ol", "ul", "p", "pre", "details", "figcaption", "listing")
MARKS = {"strong": "**", "del": "~~", "s": "~~"}
LETTERS = "ABCDEFGHIJ"


@dataclass(slots=True)
class Drawing:
    """A drawing as Markdown, and its tables as data.

    A table is its caption, its columns, and groups of rows, of which most tables have one. Cells are Markdown; one that
    spans columns stands in each of them.
    """

    markdown: str
    tables: list[dict[str, Any]]


def read(html: str, link: Callable[[str], str], steps: str = "{}") -> Drawing:
    """What a drawing says. `link` makes addresses whole; `steps` is what stands above those of a file."""
    listings: list[str] = []

    def listing(section: re.Match[str]) -> str:
        listings.append(steps_markdown.markdown(section[0], steps))
        return f"<listing>{len(listings) - 1}</listing>"

    html = steps_markdown.SECTION.sub(listing, html)
    reader = _Reader(link, listings)
    text = "\n\n".join(part for part in reader.blocks(parse(html)) if part)
    return Drawing(text, reader.tables)


class _Reader:
    """Reads one drawing. `listings`: the steps in it, which are Markdown already; `tables`: those read so far."""

    def __init__(self, link: Callable[[str], str], listings: list[str]) -> None:
        self.link, self.listings = link, listings
        self.tables: list[dict[str, Any]] = []

    def blocks(self, parent: Element) -> Iterator[str]:
        """The blocks inside an element; what stands between them is a paragraph."""
        loose = Element("p")
        for child in [*parent.children, None]:
            if isinstance(child, str) or child and child.tag not in BLOCKS:
                loose.children.append(child)
                continue
            if any(not isinstance(one, str) or one.strip() for one in loose.children):
                yield self.paragraph(loose)
            loose = Element("p")
            if child:
                yield from self.block(child)

    def block(self, element: Element) -> Iterator[str]:
        """What a block becomes."""
        tag = element.tag
        if tag == "listing":
            yield self.listings[int(element.text)]
        elif tag == "table":
            yield from self.table(element)
        elif tag in ("ol", "ul"):
            yield self.list(element)
        elif tag == "pre":
            yield block(element.text.rstrip("\n"), "text")
        elif tag == "details":
            summary, rest = _folded(element)
            yield f"**{self.inline(summary)}**"
            yield from self.blocks(rest)
        elif tag in ("p", "figcaption"):
            yield self.paragraph(element)
        elif "tabbed-set" in element.get("class"):
            yield from self.tabs(element)
        else:
            yield from self.blocks(element)

    def tabs(self, element: Element) -> Iterator[str]:
        """Each tab below its label."""
        labels = element.all("label")
        content = [one for one in element.all("div") if "tabbed-content" in one.get("class")]
        for label, tab in zip(labels, (one for part in content for one in part.all("div")), strict=True):
            yield f"**{self.inline(label)}**"
            yield from self.blocks(tab)

    def paragraph(self, element: Element) -> str:
        """A paragraph; one that is code of several lines is a block."""
        only = element.children[0] if len(element.children) == 1 else None
        if isinstance(only, Element) and only.tag == "code" and "\n" in only.text:
            return block(only.text)
        return self.inline(element).replace("\n", "  \n")

    def list(self, element: Element) -> str:
        """A list; of the answers to choose from, each has its letter."""
        items = [self.inline(item).replace("\n", "  \n  ") for item in element.all("li")]
        if element.tag == "ul":
            return "\n".join(f"- {item}" for item in items)
        if element.get("type") == "A":
            return "\n".join(f"- **{letter}** {item}" for letter, item in zip(LETTERS, items, strict=False))
        return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))

    def table(self, element: Element) -> Iterator[str]:
        """A table below its caption; a group is a table of its own, below its title."""
        caption = element.first("caption")
        columns = [self.inline(cell) for head in element.all("thead") for cell in head.all("th")]
        groups = [self.group(body) for body in element.all("tbody")]
        self.tables.append(
            {"caption": self.inline(caption) if caption else "", "columns": columns, "groups": groups},
        )
        if caption:
            yield from self.caption(caption)
        for group in groups:
            title = group["title"]
            if title:
                yield title.replace("\n", "  \n") if "\n" in title else f"**{title}**"
            if group["rows"]:
                lines = [columns, ["---"] * len(columns), *group["rows"]]
                yield "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)

    def caption(self, caption: Element) -> Iterator[str]:
        """What stands above a table: its program, which may have several lines, and words."""
        first, *rest = caption.children
        if isinstance(first, Element) and first.tag == "code" and "\n" in first.text:
            yield block(first.text)
            yield self.paragraph(Element("p", "", rest))
        else:
            yield from self.blocks(caption)

    def group(self, body: Element) -> dict[str, Any]:
        """The rows of a tbody, below the title that a first row may be."""
        title, rows = "", []
        for row in body.all("tr"):
            cells = list(row.all("th", "td"))
            if "rowgroup" in cells[0].attributes:
                title = self.inline(cells[0])
            else:
                said = (
                    (self.inline(cell), cell.get("colspan") if "colspan" in cell.attributes else 1) for cell in cells
                )
                rows.append([text for text, columns in said for _ in range(int(columns))])
        return {"title": title, "rows": rows}

    def inline(self, element: Element) -> str:
        """What an element says inside a paragraph or a cell; lines are told apart by line ends."""
        text = "".join(map(self.part, element.children)).strip()
        return re.sub(r"\n{2,}", "\n", text) if "\n\n" in text else text

    def part(self, child: Element | str) -> str:
        """What stands in a line: text, code, a link."""
        if isinstance(child, str):
            return plain(escaped(child))
        tag = child.tag
        if tag == "br":
            return "\n"
        if tag == "code":
            text = child.text
            return code(text) if "\n" not in text else "\n".join(map(code, filter(str.strip, text.split("\n"))))
        if tag == "details":
            summary, rest = _folded(child)
            return f"\n{self.inline(summary)}: {self.inline(rest)}\n"
        text = "".join(map(self.part, child.children))
        if tag == "a":
            return f"[{text}]({self.link(child.get('href'))})"
        if tag in ("p", "li", "div"):
            return f"\n{text}\n"
        mark = MARKS.get(tag, "")
        return f"{mark}{text}{mark}"


def _folded(details: Element) -> tuple[Element, Element]:
    """What stands on a fold, and what below it."""
    summary = details.first("summary") or Element("summary")
    return summary, Element("div", "", [child for child in details.children if child is not summary])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
