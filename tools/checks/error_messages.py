"""Messages of errors and warnings: those that pages quote, and those that were seen in a run.

A page's section `errors` quotes in the first column of its tables, a page about one error in its front matter. `…`
stands for what a run fills in.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.checks.problem import Problem
from tools.content import error_tables
from tools.content.pages import Page
from tools.content.repository import Repository, is_text

NAMED = re.compile(r"[A-Z]\w+(: |$)")  # the type of an error or a warning, alone or before a message
# What no recording can show, since it comes with a connection left behind or with threads, and the file that proves it.
TESTED = {
    "The garbage collector is trying to clean up non-checked-in connection": "tests/run/test_databases.py",
    "RuntimeError: Task … got Future … attached to a different loop": "tests/run/test_databases.py",
    "cannot start a transaction within a transaction": "snippets/sessions/sqlite_in_memory_is_one_per_thread.py",
    "deadlock detected": "snippets/flush_and_commit/a_deadlock_ends_one_transaction.py",
}


def check_messages(repository: Repository) -> Iterator[Problem]:
    """Every message that a page quotes among its errors was seen in a run."""
    seen, broken = read_seen(repository)
    if broken:
        yield from broken  # and nothing of the messages that may stand in them
        return
    sources = "\n".join(path.read_text("utf-8") for path in repository.stories)
    for page in repository.all_pages:
        for line, message in quoted(page):
            if not was_seen(message, seen, sources):
                what = f"no recording has the message '{message}': show it in a story, or mend it"
                yield Problem(page.path, line, what)


def read_seen(repository: Repository) -> tuple[str, list[Problem]]:
    """Return every error, warning and output that was recorded, a line each, and the files that cannot be read."""
    found: set[str] = set()
    broken = []
    for file in recorded(repository):
        try:
            found |= set(_messages(file))
        except ValueError as error:
            broken.append(Problem(file, 0, f"cannot be read ({error}): run make record"))
    return "\n".join(sorted(found)), broken


def recorded(repository: Repository) -> list[Path]:
    """The recordings of stories and the data of tables that are text."""
    files = [*repository.snippets.glob("*/*.jsonl"), *(repository.root / "tables").glob("*/*.json")]
    return sorted(file for file in files if is_text(file))


def quoted(page: Page) -> Iterator[tuple[int, str]]:
    """The messages that a page's section of errors, or its front matter, quotes, and their lines."""
    if page.is_error:
        line = next((n for n, line in enumerate(page.front.splitlines(), 2) if line.startswith("message:")), 1)
        for message in page.messages:
            yield line, f"{page.meta['class']}: {message}" if page.meta.get("class") else message
    for row in error_tables.rows(page):
        for message in row.messages:
            yield row.line, message


def _messages(file: Path) -> Iterator[str]:
    """The errors, warnings and output in a file, a line each: `type: message`. Raises ValueError if it is no JSON."""
    text = file.read_text("utf-8")
    if not text:
        raise ValueError("it is empty")
    for part in text.splitlines() if file.suffix == ".jsonl" else [text]:
        if any(word in part for word in ('"message"', '"warning"', '"output"')):
            yield from _said(json.loads(part))


def _said(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        message = found.get("message") or found.get("event") in ("warning", "output") and found["text"]
        if message:
            yield f"{found.get('type') or found.get('category') or found.get('error') or ''}: {_plain(message)}"
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _said(one)


def _plain(text: str) -> str:
    return " ".join(text.split())


def was_seen(message: str, seen: str, sources: str) -> bool:
    """Whether a quoted message was raised, or printed by a program whose `sources` name its type, as in `except`."""
    if message in TESTED:
        return True
    name, _, text = message.partition(": ") if NAMED.match(message) else ("", "", message)
    pattern = ".*".join(re.escape(_plain(part)) for part in text.split("…"))
    if re.search(rf"^{name or '.*'}: .*{pattern}", seen, re.MULTILINE):
        return True
    caught = re.search(rf"\b{name}\b", sources)
    return bool(caught and (not text or re.search(rf"^: .*{pattern}", seen, re.MULTILINE)))
