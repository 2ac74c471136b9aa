"""The tables of errors: a page's section `errors` lists messages, each with its reason and its fix."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from tools.content.pages import Page, Section
from tools.content.prose import BETWEEN_CELLS, LINK, ROW, RULE

SECTION = "errors"
MESSAGE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """A row of such a table: its cells as Markdown without links, and its line. The fix is empty without such a cell.

    `section` is the section of the page that a link in the row leads to, or else the page's section of errors.
    `linked_reason` and `linked_fix` are the cells with their links, as the page has them.
    """

    message: str
    reason: str
    fix: str
    line: int
    section: Section
    linked_reason: str
    linked_fix: str

    @property
    def messages(self) -> list[str]:
        """The messages that it quotes."""
        return MESSAGE.findall(self.message)


def rows(page: Page) -> Iterator[Row]:
    """The rows of the tables in a page's section of errors, and in the sections below that one."""
    ids = {section.id: section for section in page.sections}
    for section in _sections(page):
        below_head = False
        for number, line in enumerate(section.text.splitlines(), section.line):
            match = ROW.match(line)
            if match and below_head and not RULE.match(line):
                message, *linked = [cell.strip() for cell in BETWEEN_CELLS.split(match[1])]
                reason, fix, *_ = [*linked, "", ""]
                targets = [target.removeprefix("#") for _, target in LINK.findall(match[1]) if target.startswith("#")]
                explained = next((ids[target] for target in targets if target in ids), ids[SECTION])
                yield Row(_unlinked(message), _unlinked(reason), _unlinked(fix), number, explained, reason, fix)
            below_head = bool(match) and (below_head or bool(RULE.match(line)))


def _sections(page: Page) -> Iterator[Section]:
    start = next((n for n, section in enumerate(page.sections) if section.id == SECTION), None)
    if start is not None:
        head = page.sections[start]
        yield head
        yield from takewhile(lambda section: section.level > head.level, page.sections[start + 1 :])


def _unlinked(cell: str) -> str:
    """A cell with the words of its links in their place, because a link leads elsewhere from another page."""
    return LINK.sub(lambda link: link[1], cell)
