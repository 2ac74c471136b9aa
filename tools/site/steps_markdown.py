"""The steps of a story as Markdown: an item for each line of the listing, below it what the line did.

tracer/html.py says what a listing is made of. It is read tag by tag, without a tree: steps are most of what is drawn.
"""

import re

from tools.site.markdown_text import block, code, escaped, plain

SECTION = re.compile(r'<section class="stepper.*?</section>', re.DOTALL)
FILE = re.compile(r"<code>(.*?)</code></p><ol>")
LISTING = re.compile(r"<ol>(.*)</ol>", re.DOTALL)
CODE = re.compile(r"<code>(.*?)</code>", re.DOTALL)
TAG = re.compile(r"<(/?\w+)([^<>]*)>")
LINE_BREAK = re.compile(r"[ \t]*\n\s*")
MARKS = {"strong": "**", "/strong": "**", "del": "~~", "/del": "~~", "s": "~~", "/s": "~~"}
UNMARKED = re.compile(r"</(?:li|ul|p)>|</?(?:ul|small|mark|var)\b[^<>]*>")  # of what Markdown says otherwise, or not


def markdown(section: str, title: str) -> str:
    """A section.stepper as Markdown; `title` stands above it, its {} is the file."""
    file, listing = FILE.search(section), LISTING.search(section)
    head = f"**{title.format(code(plain(file[1])) if file else '')}**"
    return f"{head}\n\n{_Writer().write(listing[1])}" if listing else head


class _Writer:
    """Writes one listing, of whose facts about a `thing` its name is bold and what is told of it slanted."""

    def __init__(self) -> None:
        self.number, self.mark = 0, ""
        self.thing = self.words = self.after_block = False

    def write(self, listing: str) -> str:
        said: list[str] = []
        for number, part in enumerate(CODE.split(UNMARKED.sub("", listing))):
            if not number % 2:
                # A message of a database may have several lines; in an item of a list they have to be one.
                said.append(TAG.sub(self._tag, LINE_BREAK.sub(" ", escaped(part))))
                continue
            text = TAG.sub("", part)
            if "\n" in text:
                said[-1] = said[-1].rstrip()
                said.append("\n  " + block(text).replace("\n", "\n  "))
                self.after_block = True
            else:
                said.append(code(text))
        return plain("".join(said)).strip("\n").replace(" \n- ", "\n- ").replace(" \n  - ", "\n  - ")

    def _tag(self, found: re.Match[str]) -> str:
        tag, attributes = found.groups()
        if tag == "li":
            return self._item(attributes)
        if tag in ("b", "i"):
            self.mark = {"b": "**", "i": "*"}[tag] if self.thing and not attributes else ""
            return self.mark
        if tag in ("/b", "/i"):
            return self.mark
        if tag == "p":
            return self._paragraph()
        return MARKS.get(tag, "")

    def _item(self, attributes: str) -> str:
        self.thing = " data-k=" in attributes
        if attributes.startswith(" id="):
            self.number += 1
            return f"\n- **{self.number}.** "
        self.words = attributes == " class=w"
        return "\n- " if self.words or attributes.startswith(" data-l") else "\n  - "

    def _paragraph(self) -> str:
        """What the line did stands below it; an item of words begins with them."""
        between = "" if self.words else "\n\n  " if self.after_block else "  \n  "
        self.words = self.after_block = False
        return between
