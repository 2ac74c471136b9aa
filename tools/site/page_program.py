"""Offer the program of a page: all its blocks in order, which are what the tests run, to copy and as a file.

The text is not in the page a second time: site.js puts it together from the blocks when a reader asks for it. Without
scripts nothing is offered. A line before it says what the comments in the blocks are: most readers come from a search.
"""

import posixpath
import re
from html import escape
from pathlib import Path, PurePosixPath

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from tools.content import locale, snippets
from tools.run import markers
from tools.site import playground, playground_links
from tools.site.faults import Faults

BLOCK = re.compile(r"^ {0,3}(?P<fence>```+) *python\b.*?\n(?P<text>.*?)^ {0,3}(?P=fence) *$", re.DOTALL | re.MULTILINE)
CHECKED = "#>"  # begins a comment that the tests check
HOW_TO_READ = "start/how-to-read.md"
SELF_EXPLAINING = {"index.md", "start/first-session.md", HOW_TO_READ}  # pages that say at length what the comments are
FIRST = re.compile(r"^(?:/// setup\b|``` *python\b)", re.MULTILINE)  # not inside another block


class PageProgram(Preprocessor):
    """Add what offers the program before the first block, or the setup that holds it. The includes are still there."""

    priority = 34

    def __init__(self, md: Markdown, root: Path, language: str, page: str, faults: Faults) -> None:
        super().__init__(md)
        self.root, self.language, self.page, self.faults = root, language, page, faults

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        first = FIRST.search(text)
        if not first:
            return lines
        try:
            words = locale.words(self.language, "program")
            offer = f"{self._comments_key(words, text)}{self._offer(words, text)}"
        except locale.LocaleError as error:
            offer = self.faults.report(error)
        place = self._place(text, first.start())
        return f"{text[:place]}{offer}\n\n{text[place:]}".split("\n")

    def _place(self, text: str, block: int) -> int:
        """Where the offer goes: before the block, and before the paragraph that introduces it with a colon."""
        above, gap, paragraph = text[:block].rstrip().rpartition("\n\n")
        return len(above + gap) if paragraph.endswith((":", "：")) else block

    def _comments_key(self, words: dict[str, str], text: str) -> str:
        """What the comments say, in Markdown, so that the link is resolved; nothing where there are none."""
        if self.page in SELF_EXPLAINING or not any(CHECKED in self._source(block) for block in BLOCK.finditer(text)):
            return ""
        link = posixpath.relpath(HOW_TO_READ, posixpath.dirname(self.page) or ".")
        return f"{words['key'].format(link=link)}\n{{: .comments-key }}\n\n"

    def _source(self, block: re.Match[str]) -> str:
        """The files that a block includes, and what stands in it. Includes that lead nowhere are said elsewhere."""
        text = block["text"]
        for line in block["text"].splitlines():
            try:
                if include := snippets.parse_include(line):
                    text += snippets.locate(self.root / "snippets", include)[0].read_text("utf-8")
            except (snippets.SnippetError, OSError, UnicodeError):
                pass
        return text

    def _offer(self, words: dict[str, str], text: str) -> str:
        file = PurePosixPath(self.page).stem.replace("-", "_") + ".py"
        includes = [self._includes(block["text"]) for block in BLOCK.finditer(text)]
        skipped = left_out(includes, self.root)
        skip = f' data-skip="{" ".join(map(str, skipped))}"' if skipped else ""
        on_server = bool(includes) and not skipped and needs_server(includes[0], self.root)
        copy, copied, download, title = (escape(words[key]) for key in ("copy", "copied", "download", "title"))
        return (
            f'<p class="page-program"{skip}>{title} '
            f'<button type="button" data-copied="{copied}">{copy}</button> '
            f'<a href="#" download="{file}">{download}</a>{"" if on_server else self._playground()}</p>'
        )

    def _playground(self) -> str:
        """The way to the playground, to which site.js adds the program."""
        if not playground.manifest():
            return ""
        words = escape(locale.words(self.language, "playground")["open"])
        return f' <a href="{playground_links.address(self.page)}">{words}</a>'

    def _includes(self, block: str) -> list[snippets.Include]:
        """The includes of a block. What is wrong with one is said elsewhere."""
        try:
            return [include for line in block.splitlines() if (include := snippets.parse_include(line))]
        except snippets.SnippetError:
            return []


def left_out(blocks: list[list[snippets.Include]], root: Path) -> list[int]:
    """The numbers of the blocks that the program of a page leaves out, by their includes: those that need a server.

    If the first one does, the page says so, and its program is all blocks.
    """
    needed = [needs_server(includes, root) for includes in blocks]
    return [] if needed[:1] == [True] else [number for number, needs in enumerate(needed) if needs]


def needs_server(includes: list[snippets.Include], root: Path) -> bool:
    """Whether a block needs a server. Includes that lead nowhere are said elsewhere."""
    try:
        return any(markers.read(snippets.locate(root / "snippets", one)[0]).needs for one in includes)
    except (snippets.SnippetError, markers.MarkerError, OSError, UnicodeError):
        return False
