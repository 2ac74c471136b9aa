"""Take a section's words apart: paragraphs, list items, cells and titles, without blocks of code.

Read line by line, because the `///` blocks of the pages are no Markdown that a parser of CommonMark knows.
"""

import re
from dataclasses import dataclass
from functools import cached_property

FENCE = re.compile(r"^\s*(`{3,})")
TITLE = re.compile(r"^\s*///+ [\w-]+ \| (.*)")  # of a block: /// note | Title
MARK = re.compile(r"^\s*(///|\{[.:#]|\[[^\]]+\]: )")  # a block's ends, attributes, a link's definition
ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.) +(.*)")
ROW = re.compile(r"^\s*\|(.*)\|\s*$")
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"^[\s|:-]+$")  # below the heads of a table
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


@dataclass
class Piece:
    """One paragraph, item, cell, title (of a block) or heading; `line` is that of its first line on the page."""

    kind: str
    line: int
    text: str

    @property
    def code(self) -> set[str]:
        """The inline code in it."""
        return {" ".join(match[2].split()) for match in CODE.finditer(self.text)}

    @cached_property
    def words(self) -> str:
        """The text without inline code, the targets of links, and the words of links that lead to other sites."""
        text = CODE.sub("", self.text)
        return LINK.sub(lambda link: "" if "://" in link[2] else link[1], text)


def pieces(text: str, first: int = 1) -> list[Piece]:
    """Return the pieces of a Markdown text in order; `first` is the number of its first line."""
    found: list[Piece] = []
    fence = ""
    going_on = False  # whether the next line belongs to the last piece
    for number, line in enumerate(text.splitlines(), first):
        if match := FENCE.match(line):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence):
                fence = ""
            going_on = False
        elif fence:
            continue
        elif match := TITLE.match(line):
            found.append(Piece("title", number, match[1]))
            going_on = False
        elif not line.strip() or MARK.match(line):
            going_on = False
        elif line.startswith("#"):
            found.append(Piece("heading", number, re.sub(r"^#+ |\s*\{\s*#[^}]*\}\s*$", "", line)))
            going_on = False
        elif match := ROW.match(line):
            if not RULE.match(line):
                found += [Piece("cell", number, cell.strip()) for cell in BETWEEN_CELLS.split(match[1])]
            going_on = False
        elif match := ITEM.match(line):
            found.append(Piece("item", number, match[1]))
            going_on = True
        elif going_on:
            found[-1].text += "\n" + line.strip()
        else:
            found.append(Piece("paragraph", number, line.strip()))
            going_on = True
    return found
