"""What the tables of snippets/reference have in common: phrases, a table's HTML, outcomes that are the same.

Each kind of table has a module: cascade_tables.py, loading_tables.py, isolation_tables.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from tools.tables.table import COMMA, marked, said

Data = Callable[[str], Any]  # reads what the program of a name has computed
Cell = dict[str, Any]


class Language:
    """The phrases of one section of the labels, as HTML in a language."""

    def __init__(self, section: str, name: str) -> None:
        self.section, self.name = section, name

    def plain(self, phrase: str) -> str:
        return said(phrase, self.name, self.section)

    def say(self, phrase: str, *parts: str) -> str:
        """A phrase with its {} filled in."""
        drawn = marked(self.plain(phrase), self.name)
        for part in parts:
            drawn = drawn.replace("{}", part, 1)
        return drawn

    def list(self, parts: Iterable[str]) -> str:
        return COMMA[self.name].join(parts)


def code(text: object) -> str:
    return f"<code>{escape(str(text), quote=False)}</code>"


def table(kind: str, caption: str, heads: Iterable[str], rows: Iterable[tuple[str, list[str]]]) -> str:
    """`kind`: its class; `rows`: the id of a row, if it has one, and its cells, of which the first heads it."""
    body = ""
    for name, (first, *cells) in rows:
        drawn = "".join(f"<td>{cell}</td>" for cell in cells)
        anchor = f' id="{name}"' if name else ""
        body += f'<tr{anchor}><th scope="row">{first}</th>{drawn}</tr>'
    head = "".join(f'<th scope="col">{cell}</th>' for cell in heads)
    return (
        f'<table class="matrix {kind}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def folded(name: str, messages: list[str]) -> str:
    """An exception or a warning, its messages below a fold."""
    if not messages:
        return code(name)
    words = "<br/>".join(escape(message, quote=False) for message in messages)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "<wbr/>", name)
    return f"<details><summary>{name}</summary>{words}</details>"


def outcomes(cells: dict[Any, Cell], told: Callable[[Cell], Any] = lambda cell: cell) -> list[tuple[list[Any], Cell]]:
    """The names of cells that tell the same, and the first of these."""
    found: dict[str, tuple[list[Any], Cell]] = {}
    for name, cell in cells.items():
        found.setdefault(json.dumps(told(cell)), ([], cell))[0].append(name)
    return list(found.values())


def draw(kind: Callable[[str, Language, Data], str], name: str, language: str, data: Data) -> str:
    """The table of a name. Raises TableError."""
    return kind(name, Language(name.partition("-")[0], language), data)
