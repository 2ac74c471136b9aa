"""Pages as Markdown that needs nothing of ours, for readers who are programs or paste a page elsewhere.

What is left is CommonMark with tables: blocks are quotes, fences are drawn as text, links are whole addresses (those of
HTML pages, for what one follows in a pasted page has anchors there).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from tools.content.pages import COMPUTED
from tools.site import addresses

DRAWN = ("steps", *COMPUTED)
INTERACTIVE = "playground"  # a text has nothing of it
FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,}) *(?P<language>[\w-]*)(?P<more>.*)")
BLOCK = re.compile(r"(?P<marks>/{3,}) *(?P<kind>[\w-]+)? *(?:\| *(?P<title>.*?))? *")
HEADING = re.compile(r"(#{1,6} .*?) *\{ *#[^{}]*\} *")
OFFER = '<p class="page-program"'
QUOTED = ("note", "tip", "warning", "info", "danger", "example")
ICONS = {"warning": "⚠ ", "danger": "⚠ "}
# A cell leads to the step that proves it. Here the words are kept alone: twenty addresses in a row hide them.
PROOF = re.compile(r"(?:(?<=\| )|(?<=<br>))\[((?:(?!\]\([^()]*\)).)*)\]\([^()]*\)\{ \.proof \}")
BADGE = re.compile(r'<b class="state-\w+">([^<]*)</b>')
INLINE = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r'|\]\((?P<target>[^()\s]+)(?P<title> +"[^"]*")?\)(?: ?\{:? ?[.#][^{}]*\})?'
    r"|^\{:? ?[.#][^{}\n]*\}\n?",
    re.DOTALL | re.MULTILINE,
)


def page_markdown(name: str, text: str, drawings: list[str], site_url: str, words: dict[str, str]) -> str:
    """A page as Markdown. `drawings`: its fences drawn, in order; `words`: the section [markdown] of its language."""
    blocks = list(_blocks(name, text, iter(drawings), site_url, words))
    title = next((number for number, (_, block) in enumerate(blocks, 1) if block.startswith("# ")), 0)
    address = urljoin(site_url, addresses.folder(name))
    blocks.insert(title, ("", words["address"].format(f"<{address}>")))
    written, before = "", ""
    for quote, block in blocks:
        if written:
            written += f"\n{quote.rstrip()}\n" if quote == before else "\n\n"
        written += "\n".join((quote + line).rstrip() for line in block.split("\n")) if quote else block
        before = quote
    return written + "\n"


def _blocks(
    name: str, text: str, drawings: Iterator[str], site_url: str, words: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """The blocks of a page (paragraphs, code, tables), each with what its lines begin with inside of quotes."""
    opened: list[str] = []
    paragraph: list[str] = []
    lines = iter([*text.split("\n"), ""])
    for line in lines:
        fence, mark, heading = FENCE.fullmatch(line), BLOCK.fullmatch(line), HEADING.fullmatch(line)
        quote = "".join(opened)
        if line.strip() and not (fence or mark or heading or line.startswith(OFFER)):
            paragraph.append(line)
            continue
        if paragraph and (said := _inline("\n".join(paragraph), name, site_url)):
            yield quote, said
        paragraph.clear()
        if fence:
            marks = fence["indent"] + fence["marks"]
            body = list(_until(lines, marks))
            if fence["language"] == INTERACTIVE:
                continue
            if fence["language"] in DRAWN:
                if drawn := next(drawings, ""):  # none of a fence that could not be drawn
                    yield quote, drawn
            else:
                language = {"plain": "python"}.get(fence["language"], fence["language"])
                yield quote, "\n".join([marks + language, *body, marks])
        elif heading:
            yield quote, _inline(heading[1], name, site_url)
        elif mark and mark["kind"]:
            opened.append("> " if mark["kind"] in QUOTED else "")
            title = mark["title"] or (words["setup"] if mark["kind"] == "setup" else "")
            if title and mark["kind"] != "layout":
                title = _inline(title, name, site_url)
                yield "".join(opened), f"**{ICONS.get(mark['kind'], '')}{title}**"
        elif mark and opened:
            opened.pop()


def _until(lines: Iterator[str], marks: str) -> Iterator[str]:
    """The lines of a fenced block."""
    for line in lines:
        if line.rstrip() == marks:
            return
        yield line


def _inline(text: str, name: str, site_url: str) -> str:
    """A paragraph, a list or a table: whole addresses, no attributes, states as words."""

    def change(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        if not found["target"]:
            return ""
        return f"]({addresses.whole(found['target'], name, site_url)}{found['title'] or ''})"

    return BADGE.sub(r"\1", INLINE.sub(change, PROOF.sub(r"\1", text)))
