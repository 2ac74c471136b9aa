"""Lengths: a page can be read in one sitting, and says at its end what to read next.

Only the English pages are measured: those in other languages have the same blocks, and as many paragraphs. The home
page, those of the chapter `reference`, in which things are looked up, and the list of changes, which grows by an entry
at a time and leads nowhere further, have no limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tools.checks.problem import Problem
from tools.content.pages import Page
from tools.content.prose import LINK
from tools.content.repository import Repository

WORDS = 1000  # of prose: paragraphs and list items, without tables and code
BLOCKS = 10  # of code that are shown: setups are folded
STEPPERS = 3
PER_MINUTE = 200  # words
FREE = ("index.md", "changelog.md", "reference/")
NEXT = "next"
SETUP = re.compile(r"^(///+) setup\b.*?^\1$", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"^```python", re.MULTILINE)


@dataclass(frozen=True)
class Length:
    """How much a page has to read."""

    words: int
    blocks: int
    steppers: int

    @property
    def minutes(self) -> int:
        """How long reading takes: the words, and a minute for each stepper."""
        return round(self.words / PER_MINUTE) + self.steppers


def measure(page: Page) -> Length:
    """Count a page's words of prose, shown blocks and steppers."""
    prose = [piece for section in page.sections for piece in section.pieces if piece.kind in ("paragraph", "item")]
    words = sum(len(LINK.sub(lambda link: link[1], piece.text).split()) for piece in prose)
    return Length(words, len(BLOCK.findall(SETUP.sub("", page.body))), len(page.steppers))


def check_lengths(repository: Repository) -> Iterator[Problem]:
    """A page is within the limits, or else says in its front matter (`long`) why not. Its last section is `next`."""
    for page in repository.source_pages.values():
        if page.name.startswith(FREE) or not page.sections or not isinstance(page.meta, dict):
            continue
        if page.sections[-1].id != NEXT:
            what = f"ends with section '{page.sections[-1].id}': end with '## Next {{#{NEXT}}}', up to three links"
            yield Problem(page.path, page.sections[-1].line, what)
        length = measure(page)
        over = [
            f"{number} {what} ({limit} at most)"
            for number, limit, what in (
                (length.words, WORDS, "words of prose"),
                (length.blocks, BLOCKS, "shown blocks"),
                (length.steppers, STEPPERS, "steppers"),
            )
            if number > limit
        ]
        if page.meta.get("long") and not over:
            yield Problem(
                page.path, 1, "says why it is long, and is within the limits: delete 'long' from its front matter"
            )
        elif over and not page.meta.get("long"):
            what = f"takes {length.minutes} minutes to read, with {', '.join(over)}"
            yield Problem(page.path, 0, f"{what}: shorten it, split it, or say why in its front matter (long: …)")
