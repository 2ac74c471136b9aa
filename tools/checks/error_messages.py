"""Messages of errors and warnings: those that pages quote, and those that were seen in a run.

A page's section `errors` quotes in the first column of its tables. `…` stands for what a run fills in.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.content.pages import Page

SECTION = "errors"
CODE = re.compile(r"`([^`]+)`")
NAMED = re.compile(r"[A-Z]\w+(: |$)")  # the type of an error or a warning, alone or before a message
# A driver says this on servers only, and leaves behind a connection that no story may leave: a test shows it.
TESTED = {"RuntimeError: Task … got Future … attached to a different loop": "tests/run/test_databases.py"}


def quoted(page: Page) -> Iterator[tuple[int, str]]:
    """The messages that a page's section of errors quotes, and their lines."""
    level = 0
    for section in page.sections:
        if section.id == SECTION:
            level = section.level
        elif section.level <= level:
            return
        if level:
            for number, line in enumerate(section.text.splitlines(), section.line):
                if line.startswith("| "):
                    for match in CODE.finditer(line[2:].partition(" | ")[0]):
                        yield number, match[1]


def seen(snippets: Path) -> str:
    """Every error, warning and output in recordings and computed data, a line each: its type, its message.

    Raises ValueError, in one line, for a file that cannot be read.
    """
    files = sorted([*snippets.glob("*/*.jsonl"), *snippets.parent.glob("tables/*/*.json")])
    return "\n".join(sorted({message for file in files for message in _messages(file)}))


def _messages(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    for part in text.splitlines() if file.suffix == ".jsonl" else [text]:
        if any(word in part for word in ('"message"', '"warning"', '"output"')):
            try:
                yield from _said(json.loads(part))
            except ValueError as error:
                raise ValueError(f"{'/'.join(file.parts[-3:])}: {error}; run make record") from None


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
