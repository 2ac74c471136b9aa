"""Draw tables whose cells were computed: phrases in, HTML in the page's language out.

A phrase is English with two marks: `code` and {persistent}, a state's badge. Its Chinese stands in LABELS, below
the table's name or `everywhere`; a phrase without words of its own needs none. Which tables there are, and where
their cells come from, is in transition_tables.py.
"""

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tools.content.repository import ROOT
from tracer.locale import words as tracer_words
from tracer.recording import STATES

LABELS = ROOT / "snippets" / "reference" / "chinese.toml"
MARK = re.compile(r"`([^`]+)`|\{(\w+)\}")
WORD = re.compile(r"[A-Za-z]")
COMMA = {"en": ", ", "zh": "、"}

# A phrase, several of them separated by commas, or lines of them.
Cell = str | list[str] | list[list[str]]


class TableError(Exception):
    """A table that cannot be drawn: one line that names the file and the remedy."""


@dataclass
class Table:
    """`columns` are the headings; the first cell of each row heads the row."""

    columns: list[Cell]
    rows: list[list[Cell]]


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def parsed(path: Path, parse: Callable[[str], Any]) -> Any:
    """What `parse` makes of a file, made again only when the file has changed. Shared: not to be altered."""
    return _parsed(path, parse, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _parsed(path: Path, parse: Callable[[str], Any], changed: int) -> Any:
    return parse(path.read_text("utf-8"))


def _labels(path: Path) -> dict[str, dict[str, str]]:
    try:
        return parsed(path, tomllib.loads)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{_shown(path)}: {error}; mend it") from None


def said(phrase: str, language: str, table: str = "everywhere", labels: Path = LABELS) -> str:
    """A phrase in a language, its marks untouched. Raises TableError where the Chinese is missing."""
    if language == "en" or not WORD.search(MARK.sub("", phrase)):
        return phrase
    known = _labels(labels)
    for section in (table, "everywhere"):
        if chinese := known.get(section, {}).get(phrase):
            return chinese
    raise TableError(f"{_shown(labels)}: has no Chinese for '{phrase}' of '{table}': add a line below [{table}]")


def badge(state: str, language: str) -> str:
    """A state's name in its color and shape, which the style sheet gives it."""
    return f'<b class="state-{state}">{escape(tracer_words(language)[state])}</b>'


def marked(phrase: str, language: str) -> str:
    """A phrase as HTML: code that may break after _ and (, badges, text."""
    drawn, at = "", 0
    for match in MARK.finditer(phrase):
        drawn += escape(phrase[at : match.start()], quote=False)
        if match[1]:
            drawn += "<code>" + re.sub(r"([_(.])(?=\w)", r"\1<wbr>", escape(match[1], quote=False)) + "</code>"
        elif match[2] in STATES:
            drawn += badge(match[2], language)
        else:
            raise TableError(f"'{phrase}': there is no state '{match[2]}'; name one of {', '.join(STATES)}")
        at = match.end()
    return drawn + escape(phrase[at:], quote=False)


def _lines(cell: Cell) -> Iterable[list[str]]:
    if isinstance(cell, str):
        return [[cell]]
    return cell if cell and isinstance(cell[0], list) else [cell]  # type: ignore[return-value]


def phrases(table: Table) -> Iterator[str]:
    """Every phrase of a table."""
    for cell in (cell for row in (table.columns, *table.rows) for cell in row):
        for line in _lines(cell):
            yield from line


def html(table: Table, name: str, language: str, labels: Path = LABELS) -> str:
    """A table as HTML. Raises TableError."""

    def drawn(cell: Cell) -> str:
        lines = (
            COMMA[language].join(marked(said(phrase, language, name, labels), language) for phrase in line)
            for line in _lines(cell)
        )
        return "<br>".join(lines)

    head = "".join(f'<th scope="col">{drawn(cell)}</th>' for cell in table.columns)
    body = []
    for row in table.rows:
        if len(row) != len(table.columns):
            raise TableError(f"table '{name}': {len(row)} cells below {len(table.columns)} headings; mend its row")
        cells = "".join(f"<td>{drawn(cell)}</td>" for cell in row[1:])
        body.append(f'<tr><th scope="row">{drawn(row[0])}</th>{cells}</tr>')
    return (
        f'<div class="computed" id="table-{escape(name)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
