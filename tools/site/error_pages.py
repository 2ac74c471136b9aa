"""The chapter of errors: its list and its index.

Both are made from the front matter of the pages in docs/<language>/errors/; the index also lists what the tables of
errors on all pages say.
"""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from tools.content import error_tables, locale
from tools.content.pages import Page, UnreadableError, read
from tools.content.prose import LINK

FOLDER = "errors/"
INDEX = f"{FOLDER}index.md"
START = "start/"  # the chapter for beginners
OPENING = "'\"(… "  # what a message may begin with and nobody looks for


@dataclass(frozen=True, order=True)
class ErrorPage:
    """An error as its page's front matter names it: the exception's class, and its messages as printed."""

    error_class: str
    messages: tuple[str, ...]
    name: str
    label: str
    description: str


@dataclass
class Cause:
    """Why a message is raised, as Markdown, and its fixes: each without links → with its links."""

    reason: str
    fixes: dict[str, str] = field(default_factory=dict)


def pages(docs: Path) -> list[ErrorPage]:
    """The error pages of one language, by class and message. Those that do not say what they are, the checks name."""
    found = []
    for path in docs.glob(f"{FOLDER}*.md"):
        page = Page(path, docs.name, path.relative_to(docs).as_posix())
        try:
            meta: Any = page.meta
        except UnreadableError:
            continue
        if isinstance(meta, dict) and meta.get("class"):
            error_class, label, description = (str(meta.get(key) or "") for key in ("class", "label", "description"))
            messages = tuple(page.messages) or (page.name,)
            found.append(ErrorPage(error_class, messages, page.name, label, description))
    return sorted(found)


def chapter(docs: Path) -> dict[str, list] | None:
    """The chapter as the setting `nav` has it: the index, then a group of pages for each class. None without pages."""
    listed = [
        {error_class: [{page.label: page.name} if page.label else page.name for page in group]}
        for error_class, group in groupby(pages(docs), key=lambda page: page.error_class)
    ]
    words = locale.words(docs.name, "errors")
    return {words["title"]: [{words["label"]: INDEX}, *listed]} if listed else None


def index(docs: Path) -> str | None:
    """The Markdown of the index: each class a section, in it what each page is about, and a link from each message.

    Below them is a table of the messages that other pages explain. None without error pages.
    """
    words = locale.words(docs.name, "errors")
    lines = []
    for error_class, group in groupby(pages(docs), key=lambda page: page.error_class):
        lines += ["", f"## `{error_class}` {{#{error_class.lower()}}}", ""]
        for page in group:
            lines += [page.description, ""] if page.description else []
            lines += [f"- [`{message}`]({page.name.removeprefix(FOLDER)})" for message in page.messages] + [""]
    if not lines:
        return None
    front_matter = ["---", f"label: {words['label']}", f'description: "{words["description"]}"', "---"]
    head = [*front_matter, "", f"# {words['heading']} {{#errors}}", ""]
    return "\n".join([*head, words["introduction"], *lines, *_messages(docs, words), ""])


def _messages(docs: Path, words: dict[str, str]) -> list[str]:
    """The section with the table of the messages on other pages, a row for each message. Empty without any.

    Below each cause, on a line of its own, are its fixes.
    """
    rows = []
    for message, causes in _causes(docs).items():
        told = [f"{cause.reason}<br>{words['fix'].format(' · '.join(cause.fixes.values()))}" for cause in causes]
        told = told if len(told) == 1 else [f"• {cause}" for cause in told]
        rows.append(f"| `{message}` | {'<br><br>'.join(told)} |")
    head = f"| {words['message']} | {words['reason']} |"
    section = [f"## {words['others']} {{#messages}}", "", words["table"], "", head, "| --- | --- |", *rows]
    return section if rows else []


def _causes(docs: Path) -> dict[str, list[Cause]]:
    """The messages on other pages, in order, and the causes of each.

    A fix without links is a link to the section that explains it. One with links keeps them, and so does its reason.
    A message that begins as the one before it is the same message, quoted at more length.
    One that has a page of its own is left out. Of one message, the rows come first whose fix a section explains, and
    of these the ones for beginners.
    """
    own = [_key(text) for page in pages(docs) for text in (page.error_class, *page.messages)]
    found: dict[str, dict[str, Cause]] = {}
    first = ""
    for message, name, row in sorted(_quoted(docs), key=_order):
        if any(text.startswith(_key(message)) for text in own):
            continue
        if not (first and _key(message).startswith(_key(first))):
            first = message
        fix, reason = row.fix or row.section.title, row.reason
        linked = f"[{fix}](../{name}#{row.section.id})"
        if row.linked_fix != row.fix:
            linked, reason = _relative_to_index(row.linked_fix, name), _relative_to_index(row.linked_reason, name)
        found.setdefault(first, {}).setdefault(row.reason, Cause(reason)).fixes.setdefault(fix, linked)
    return {message: list(causes.values()) for message, causes in found.items()}


def _relative_to_index(cell: str, name: str) -> str:
    """A cell of the page `name`, with links that lead to the same places from the index."""

    def relative(link: re.Match[str]) -> str:
        path, hash_sign, fragment = link[2].partition("#")
        if "://" in path:
            return link[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        return f"[{link[1]}](../{target}{hash_sign}{fragment})"

    return LINK.sub(relative, cell)


def _order(quoted: tuple[str, str, error_tables.Row]) -> tuple[str, bool, bool, str]:
    message, name, row = quoted
    return _key(message), row.section.id == error_tables.SECTION, not name.startswith(START), name


def _quoted(docs: Path) -> Iterator[tuple[str, str, error_tables.Row]]:
    """Each message in a table of errors, with the name of its page and the row."""
    for page in read(docs.parent, docs.name).values():
        with suppress(UnreadableError):
            for row in error_tables.rows(page):
                yield from ((message, page.name, row) for message in row.messages)


def _key(message: str) -> str:
    """What messages are sorted and compared by: `…` and `'…'` both stand for what a run fills in."""
    return message.replace("'…'", "…").casefold().lstrip(OPENING).rstrip(". ")
