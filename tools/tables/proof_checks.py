"""What is wrong with a proven table: words, keys, confirmation, and what stories do not prove; a line each."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.tables import confirmation, proof, proven
from tools.tables.proven import CODE, FILE, NO_PLACE, Cell, ProvenTable
from tools.tables.table import TableError

KEYS = {
    *NO_PLACE,
    *("story", "line", "nth", "place", "about", "run", "later", "later_nth", "assert", "unproven", "answer"),
    *("data", "path", "field", "where", "fact", "later_fact"),
}
CALL = re.compile(r"(\w+)\(")
PROVEN_ELSEWHERE = re.compile(r"`[^`]*`|\{\w+\}|\]\([^)]*\)")  # code, fields, addresses: where a number may stand


def problems(name: str, root: Path = ROOT) -> Iterator[str]:
    """Everything that is wrong with a proven table, a line each, without the file's name."""
    shown = f"tables/{name}/{FILE}: "
    try:
        table = ProvenTable(name, root)
        for check in (_words, _keys, _confirmation, _cells):
            for line in check(table):
                yield line.removeprefix(shown)
    except TableError as error:
        yield str(error).removeprefix(shown)


def dropped(recorded: Path, text: str, root: Path = ROOT) -> Iterator[tuple[str, str, str]]:
    """The cells of proven tables that a recording would not prove if it were this text: file, row and column, why."""
    with proof.instead(recorded, text):
        for name in proven.names(root):
            with contextlib.suppress(TableError):  # which is said of the table
                table = ProvenTable(name, root)
                for cell in table.all_cells():
                    if said := _not_proven(cell, recorded, root):
                        yield table.shown, cell.where, said


def _not_proven(cell: Cell, recorded: Path, root: Path) -> str:
    """Why a recording does not prove a cell; empty if it does, or if the cell rests on another one."""
    place = cell.place
    if cell.unproven or "data" in place or "story" not in place:
        return ""
    try:
        if proof.recorded_at(place["story"], place.get("place", ""), root) == recorded:
            proof.prove(place, cell.words, cell.others, root)
    except TableError as error:
        return str(error)
    return ""


def _words(table: ProvenTable) -> Iterator[str]:
    parts = [(f"column {number}", column) for number, column in enumerate(table.columns, 1)]
    parts += [(f"row '{table.name(row)}'", row) for row in table.rows if "head" not in row]
    answers = list(table.answers())
    known = [id(answer) for _, answer in answers]
    parts += [*answers, *((cell.where, cell.words) for cell in table.all_cells() if id(cell.words) not in known)]
    for where, part in parts:
        for language in LANGUAGES:
            try:
                table.words(part, language, where)
            except TableError as error:
                yield str(error)


def _keys(table: ProvenTable) -> Iterator[str]:
    """A key that nothing reads is a mistake in writing."""
    fields = set(proof.FIELD.findall(str(table.said)))
    parts: list[tuple[str, dict[str, Any], set[str]]] = [("", table.said, {"kind", "confirmed", "columns", "rows"})]
    parts += [(f"column '{column.get('en')}'", column, set()) for column in table.columns]
    parts += [(f"row '{table.name(row)}'", row, set()) for row in table.rows]
    parts += [(cell.where, cell.said, set()) for cell in table.all_cells()]
    parts += [(where, answer, {"series"}) for where, answer in table.answers()]
    for where, part, more in parts:
        if unknown := set(part) - KEYS - fields - more:
            yield str(table.error(where, f"nothing reads '{min(unknown)}': mend the key, or name a {{field}} so"))


def _confirmation(table: ProvenTable) -> Iterator[str]:
    if said := confirmation.problem(table.path.parent):
        yield str(table.error("", said))


def _cells(table: ProvenTable) -> Iterator[str]:
    for row, line in zip(table.rows, table.cells, strict=True):
        for number, cells in enumerate(line):
            for cell in cells:
                try:
                    _cell(table, row, number, cell)
                except TableError as error:
                    yield str(table.error(cell.where, error))


def _cell(table: ProvenTable, row: dict[str, Any], number: int, cell: Cell) -> None:
    """Raise TableError for a cell that says what is not proven."""
    if cell.unproven:
        return
    proof.prove(cell.place, cell.words, cell.others, table.root)
    code = proof.code(cell.place, table.root)
    own = cell.words.get("en", "") if cell.said is cell.words else ""
    _check_calls((own, row.get("en", ""), table.columns[number].get("en", "")), code)
    for language in LANGUAGES:
        if re.search(r"\d", PROVEN_ELSEWHERE.sub("", cell.words.get(language, ""))):
            raise TableError(f"its {language} words hold a number: write a {{field}}, which the fact proves")


def _check_calls(heads: tuple[str, ...], code: str) -> None:
    """A call that the cell names, or else the row's head, or else the column's, is in the code that proves the cell."""
    for head in heads:
        calls = [match[1] for part in CODE.findall(head) if (match := CALL.search(part))]
        if calls and code:
            if not any(re.search(rf"\b{call}\b", code) for call in calls):
                first = code.partition("\n")[0].strip()
                raise TableError(f"`{first}` does not call {calls[0]}(), as its head says: name a line that does")
            return
