"""Markdown that would be shown without being run, read or checked."""

import re
from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content import snippets
from tools.content.pages import COMPUTED, Page
from tools.content.prose import CODE, FENCE
from tools.content.repository import Repository

DRAWN = ("steps", "playground", *COMPUTED)
PLAIN = ("sh", "text")  # shown as they are
FENCES = ("python", *PLAIN, *DRAWN)
OPTIONS = {"steps": 'story="…" open="…" nth="…"', "playground": "", **dict.fromkeys(COMPUTED, 'name="…"')}
HEADER = re.compile(
    r'steps story="[^"]+"( open="[^"]+"( nth="[1-9]\d*")?)?|(table|map|predict) name="[^"]+"'
    r"|playground"
)
UNSEEN_BLOCK = re.compile(r"^\s*(!!!|\?\?\?\+?|===\+?!?) ")
HTML = re.compile(r"<(?!(?:https?|mailto):)[A-Za-z!/?][^>\n]*>?")
ATTRIBUTES = re.compile(r"\{:?[^{}\n]*[^{}\n\s][^{}\n]*\}")  # as the extension attr_list reads them
CLASSES = re.compile(r"\{:?\s*[.#][\w-]+(\s+[.#][\w-]+)*\s*\}")
INCLUDE = re.compile(r"-+8<-+")


def check_fences(repository: Repository) -> Iterator[Problem]:
    """Every block is of a kind that is run, drawn or plain, and all Python is included."""
    for page in repository.all_pages:
        for fence in (fence for section in page.sections for fence in section.fences):
            if fence.language not in FENCES:
                what = f"a block of '{fence.language}' is none of {', '.join(FENCES)}"
                yield Problem(page.path, fence.line, f"{what}: mend its fence")
            elif fence.language in DRAWN and not HEADER.fullmatch(fence.info.strip()):
                header = f"```{fence.language} {OPTIONS[fence.language]}".rstrip()
                last = ", of which only the story must be there" if fence.language == "steps" else ""
                yield Problem(page.path, fence.line, f"a {fence.language} fence reads {header}{last}")
        for fence in page.fences:
            if fence.info.strip() != "python":
                what = f"```{fence.info.strip()} may not be run, or not alone"
                yield Problem(page.path, fence.line, f"{what}: write ```python and nothing behind it")
            for offset, line in enumerate(fence.text.splitlines(), 1):
                if line.strip() and not snippets.parse_include(line):
                    what = "Python typed by hand: move it to a snippet and include its section"
                    yield Problem(page.path, fence.line + offset, what)
                    break


def check_markup(repository: Repository) -> Iterator[Problem]:
    """No HTML, no include outside a block of Python, and no block that the tests do not see."""
    for page in repository.all_pages:
        for number, line in _outside_python(page):
            if mark := UNSEEN_BLOCK.match(line):
                what = f"a block after '{mark[1]}' would never be run: write a '///' block instead"
                yield Problem(page.path, number, what)
            if INCLUDE.search(line):
                yield Problem(page.path, number, "includes a snippet that would never be run: use a block of python")
        for section in page.sections:
            for piece in section.pieces:
                text = CODE.sub("", piece.text)
                if found := HTML.search(text):
                    what = f"holds HTML, '{found[0]}': write Markdown, or put it between backticks"
                    yield Problem(page.path, piece.line, what)
                for found in ATTRIBUTES.finditer(text):
                    if not CLASSES.fullmatch(found[0]):
                        what = f"gives an attribute, '{found[0]}': only classes may stand there, such as {{.lead}}"
                        yield Problem(page.path, piece.line, what)


def _outside_python(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of a page, with their numbers, that are in no block of Python."""
    mark = language = ""
    for number, line in enumerate(page.body.splitlines(), 1):
        found = FENCE.match(line)
        if found and not mark:
            mark, language = found[1], line.strip().lstrip("`").strip()
        elif found and found[1].startswith(mark):
            mark = language = ""
        elif not language.startswith("python"):
            yield number, line
