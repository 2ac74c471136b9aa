"""The change list as tables: what snippets/reference/changes.toml tells, and what its programs did.

A change is a group of two rows: what changes, with its program below a fold, then what the program did on 2.0 and on
2.1. A change without a program was read in the change log only, and has one row.
"""

from __future__ import annotations

import json
import tomllib
from html import escape
from pathlib import Path
from typing import Any

from tools.content.repository import ROOT
from tools.tables.matrix import folded
from tools.tables.table import Cell, Table, TableError, marked, parsed

NAME = "changes"
REFERENCE = ROOT / "snippets" / "reference"
AREAS = ("session", "states", "relationships", "queries", "mapping", "asyncio", "typing", "platform")
TICKET = "https://github.com/sqlalchemy/sqlalchemy/issues/"
MANUAL = "https://docs.sqlalchemy.org/en/21/"
PREFIXES = {"change": "change-", "doubt": "", "from_1x": "from-"}
WORDS = {
    "en": {
        "executed": "{} changes, {} of them executed. Each outcome is what the lines below its fold did.",
        "doubt": "What the official documentation says, and what happens.",
        "from_1x": "Both spellings, and what they do on SQLAlchemy 2.1.",
        "read": "read in the change log",
        "lines": "the lines",
        "both": "2.0 and 2.1",
        "nothing": "nothing happens",
        "proof": "where it is shown",
        "old": "as in 1.x",
        "new": "as in 2.x",
    },
    "zh": {
        "executed": "{} 处变化，其中 {} 处实际运行过。每个结果，都是折叠起来的那几行代码跑出来的。",
        "doubt": "官方文档怎么说，实际又怎样。",
        "from_1x": "两种写法，以及它们在 SQLAlchemy 2.1 上的结果。",
        "read": "出自变更日志",
        "lines": "运行的代码",
        "both": "2.0 与 2.1",
        "nothing": "什么也没发生",
        "proof": "在哪里演示",
        "old": "1.x 的写法",
        "new": "2.x 的写法",
    },
}

Entry = dict[str, Any]


class Changes:
    """The list and the outcomes on both versions. Raises TableError for what does not fit."""

    def __init__(self, folder: Path = REFERENCE) -> None:
        try:
            self.list: dict[str, list[Entry]] = parsed(folder / f"{NAME}.toml", tomllib.loads)
        except (OSError, ValueError) as error:
            raise TableError(f"snippets/reference/{NAME}.toml: {error}; mend it") from None
        try:
            self.outcomes = {
                version: parsed(folder / name, json.loads)
                for version, name in (("2.0", f"{NAME}.2.0.json"), ("2.1", f"{NAME}.json"))
            }
        except (OSError, ValueError) as error:
            raise TableError(f"snippets/reference/{NAME}: {error}; run make record STORY=reference/{NAME}") from None

    def outcome(self, kind: str, entry: Entry, version: str, part: str = "code") -> list[dict[str, str]]:
        try:
            return self.outcomes[version][kind][entry["id"]][part]
        except KeyError:
            where = f"snippets/reference/{NAME}.toml: '{entry['id']}' has not been run on {version}"
            raise TableError(f"{where}; run make record STORY=reference/{NAME} there") from None

    def group(self, name: str) -> tuple[str, list[Entry]]:
        """The kind and the entries of a table."""
        wanted = name.removeprefix(f"{NAME}-")
        if wanted in AREAS:
            return "change", [entry for entry in self.list["change"] if entry["area"] == wanted]
        kind = {"doubts": "doubt", "from-1x": "from_1x"}.get(wanted)
        if kind is None:
            known = ", ".join(f"{NAME}-{area}" for area in (*AREAS, "doubts", "from-1x"))
            raise TableError(f"there is no table '{name}': name one of {known}")
        return kind, self.list[kind]


def anchors(name: str) -> set[str]:
    """What links may lead to inside a table. Raises TableError."""
    kind, entries = Changes().group(name)
    return {PREFIXES[kind] + entry["id"] for entry in entries}


def draw(name: str, language: str, folder: Path = REFERENCE) -> str:
    """A table of the change list as HTML. Raises TableError."""
    changes = Changes(folder)
    kind, entries = changes.group(name)
    words = WORDS[language]
    bodies = []
    executed = 0
    for entry in entries:
        heading = _heading(kind, entry, language)
        if kind == "from_1x":
            cells = "".join(
                f"<td>{_code(entry[part])}{_outcome(changes.outcome(kind, entry, '2.1', part), language)}</td>"
                for part in ("old", "new")
            )
        elif "code" in entry:
            executed += 1
            heading += f"<details><summary>{words['lines']}</summary>{_code(entry['code'])}</details>"
            old, new = (_outcome(changes.outcome(kind, entry, version), language) for version in ("2.0", "2.1"))
            both = f"<td colspan=2><small>{words['both']}</small> {new}</td>"
            cells = both if old == new else f"<td>{old}</td><td>{new}</td>"
        else:
            cells = ""
        row = f"<tr>{cells}</tr>" if cells else ""
        bodies.append(
            f'<tbody id="{PREFIXES[kind]}{entry["id"]}">'
            f'<tr><th scope="rowgroup" colspan=2>{heading}</th></tr>{row}</tbody>'
        )
    caption = words["executed"].format(len(entries), executed) if kind == "change" else words[kind]
    heads = (words["old"], words["new"]) if kind == "from_1x" else ("SQLAlchemy 2.0", "SQLAlchemy 2.1")
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<table class="changes"><caption>{caption}</caption><thead><tr>{columns}</tr></thead>{"".join(bodies)}</table>'
    )


def _heading(kind: str, entry: Entry, language: str) -> str:
    """What an entry says: with its version and tickets, or after a link to the official page."""
    words, text = WORDS[language], marked(entry[language], language)
    small: list[str] = []
    if kind == "change":
        small = [entry["version"], *(f'<a href="{TICKET}{number}">#{number}</a>' for number in entry["tickets"])]
        if "code" not in entry:
            small.append(words["read"])
    elif kind == "doubt":
        text = f'<a href="{MANUAL}{entry["page"]}">{escape(entry["title"])}</a> {text}'
        if proof := entry.get("proof"):
            page, _, anchor = proof.partition("#")
            address = f"../{page.removesuffix('.md')}/" + (f"#{anchor}" if anchor else "")
            small.append(f'<a href="{address}">{words["proof"]}</a>')
    return text + (f" <small>{' · '.join(small)}</small>" if small else "")


def _code(lines: str) -> str:
    return marked(f"`{lines.strip()}`", "en")


def _outcome(outcome: list[dict[str, str]], language: str) -> str:
    """What a program did: statements, warnings and errors by type, their messages below a fold, and the value."""
    drawn = ""
    for done in outcome:
        if "sql" in done:
            drawn += f"<p><code>{escape(done['sql'], quote=False)}</code></p>"
        elif "value" in done:
            drawn += f"<p>→ <code>{escape(done['value'], quote=False)}</code></p>"
        else:
            drawn += folded(done.get("error") or done["warning"], [done["message"]] if done["message"] else [])
    return drawn or f"<p>{WORDS[language]['nothing']}</p>"


# What the stories do otherwise on 2.0: the data of tools/run/version_differences.py, in tables of the usual kind.


def compared(folder: Path = REFERENCE) -> dict[str, Any]:
    """How the stories' recordings differ. Raises TableError."""
    try:
        return json.loads((folder / "versions.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        remedy = "run .venv-2.0/bin/python -m tools.commands.record"
        raise TableError(f"snippets/reference/versions.json: {error}; {remedy}") from None


def stories_table() -> Table:
    found = compared()["stories"]
    rows: list[list[Cell]] = [
        ["same events, same SQL", str(found["same"])],
        ["same events, SQL with other aliases", str(found["aliases"])],
        ["other events", str(found["differ"])],
    ]
    return Table(["what 2.0 and 2.1 do", "programs"], rows)


def aliases_table() -> Table:
    labels = {"get()": "`get()`", "eager load": "`selectinload()` and its like"}
    rows: list[list[Cell]] = [
        [labels.get(sender, sender), str(count["statements"]), str(count["stories"])]
        for sender, count in compared()["aliases"].items()
    ]
    return Table(["sent by", "statements", "programs"], rows)


def lines_table() -> Table:
    rows: list[list[Cell]] = [
        [
            [[f"`{line['code']}`"], [f"`{line['story'].partition('/')[2]}`, {line['line']}"]],
            [[phrase] for phrase in line["2.0"]] or "nothing happens",
            [[phrase] for phrase in line["2.1"]] or "nothing happens",
        ]
        for line in compared()["lines"]
    ]
    return Table(["line", "2.0", "2.1"], rows)


TABLES = {"versions-stories": stories_table, "versions-aliases": aliases_table, "versions-lines": lines_table}
