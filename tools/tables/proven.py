"""Proven tables: words in every language and answers that stories prove, in tables/<name>/table.toml.

    kind = "proven"
    story = "states/a_story.py"        # for all cells; a column, a row or a cell may name another

    [[columns]]
    en = "call"
    zh = "调用"

    [[columns]]
    en = "its objects"
    zh = "它的对象"
    [columns.answers]                  # or [answers] of the table, or [rows.answers]
    detached = {en = "{detached}", zh = "{detached}", fact = "{object} is detached"}
    expire = {en = "expire", zh = "过期", fact = "{object} is expired"}

    [[rows]]
    en = "`close()`"
    zh = "`close()`"
    line = "session.close()"           # with nth, run, place, about, later, later_nth where needed
    object = "author"                  # whatever the {fields} of facts and words need
    cells = ["detached"]               # one for each column after the first; a list is a cell of several lines

A cell is an answer, or a table: with an `answer`, or words of its own, and what differs from row, column and table. It
says `assert = "…"` where an assertion of the story proves it, `data = …` where computed data do, and `unproven = "why"`
where no program can show it. `head = "answer"` makes the first cell of a row one like the others. Words are Markdown;
{persistent} is a state's badge; numbers are {fields}. Links in words lead from the root of the pages.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.run import table_data
from tools.tables import proof
from tools.tables.table import TableError, badge, parsed
from tracer.recording import STATES

FILE = "table.toml"
NO_PLACE = (*LANGUAGES, "answers", "cells", "head", "id")  # keys that say nothing of where a proof is
CODE = re.compile(r"(`[^`]+`)")
LINK = re.compile(r"\]\(([\w/-]+\.md(?:#[\w-]+)?)\)")


@dataclass
class Cell:
    """One answer of a table.

    `said`: what the cell itself says; `words`: its answer, or `said`; `place`: what table, column, row and cell say.
    """

    where: str
    said: dict[str, Any]
    words: dict[str, Any]
    place: dict[str, Any]
    others: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unproven(self) -> str:
        """Why no program can show it."""
        return self.place.get("unproven", "")


class ProvenTable:
    """A table.toml of kind "proven". Raises TableError, with the file and the cell, for what it lacks."""

    def __init__(self, name: str, root: Path = ROOT) -> None:
        self.root, self.path = root, root / "tables" / name / FILE
        self.shown = f"tables/{name}/{FILE}"
        try:
            self.said = parsed(self.path, tomllib.loads)
        except (OSError, ValueError) as error:
            raise TableError(f"{self.shown}: cannot be read ({error}): mend it") from None
        self.columns, self.rows = self.said.get("columns", []), self.said.get("rows", [])
        if not self.columns or not self.rows:
            raise TableError(f"{self.shown}: has no [[columns]] or no [[rows]]: write them")

    def error(self, where: str, said: object) -> TableError:
        """The error that says what is wrong where."""
        return TableError(f"{self.shown}: {where}{': ' if where else ''}{said}")

    def words(self, said: dict[str, Any], language: str, where: str) -> str:
        """The words of a heading, an answer or a cell. Raises TableError where a language has none."""
        if not isinstance(said.get(language), str) or not said[language]:
            raise self.error(where, f"has no words in {language}: write {language} = …")
        return said[language]

    @cached_property
    def cells(self) -> list[list[list[Cell]]]:
        """The cells by row and column, each a list of its lines. A head without an answer is an empty list."""
        return [[self._cell(row, number) for number in range(len(self.columns))] for row in self.rows]

    def _cell(self, row: dict[str, Any], number: int) -> list[Cell]:
        where = f"row '{self.name(row)}', column '{self.columns[number].get('en', number + 1)}'"
        if not number:
            said = [row["head"]] if "head" in row else []
        elif not isinstance(row.get("cells"), list) or len(row["cells"]) != len(self.columns) - 1:
            raise self.error(where, f"the row needs {len(self.columns) - 1} cells: mend cells = …")
        else:
            said = row["cells"][number - 1]
        lines = [self._line(row, number, line, where) for line in (said if isinstance(said, list) else [said])]
        return [cell for line in lines for cell in line]

    def name(self, row: dict[str, Any]) -> str:
        """What messages call a row: the words of its head, or its answer."""
        return str(row.get("en") or row.get("head") or self.rows.index(row) + 1)

    def _line(self, row: dict[str, Any], number: int, said: Any, where: str) -> list[Cell]:
        column = self.columns[number]
        own = {"answer": said} if isinstance(said, str) else said
        if not isinstance(own, dict):
            raise self.error(where, "is neither an answer nor a table of words and place: mend it")
        answers = column.get("answers", {}) if not number else row.get("answers") or column.get("answers")
        answers = self.said.get("answers", {}) if answers is None else answers
        inherited = {key: value for part in (self.said, column, row) for key, value in part.items()}
        inherited = {key: value for key, value in inherited.items() if key not in (*NO_PLACE, "columns", "rows")}
        if {"line", "assert", "data", "unproven"} & own.keys():  # the cell says itself what proves it
            inherited = {key: value for key, value in inherited.items() if key not in ("assert", "data", "unproven")}
        place = inherited | own
        chosen = own.get("answers", [own["answer"]] if "answer" in own else [])
        if unknown := [name for name in chosen if name not in answers]:
            raise self.error(where, f"there is no answer '{unknown[0]}': name one of {', '.join(answers) or 'none'}")
        if not chosen:
            return [Cell(where, own, own, place)]
        cells = []
        for name in chosen:
            others = [answer for other, answer in answers.items() if other != name]
            cells.append(Cell(where, own, answers[name], place, others))
        return cells

    def answers(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every answer, each with where it stands."""
        parts = [("", self.said), *((f"column '{column.get('en')}', ", column) for column in self.columns)]
        parts += [(f"row '{self.name(row)}', ", row) for row in self.rows]
        for where, part in parts:
            for name, answer in part.get("answers", {}).items():
                yield f"{where}answer '{name}'", answer

    def all_cells(self) -> list[Cell]:
        """Every cell, row by row."""
        return [cell for line in self.cells for cells in line for cell in cells]

    # Drawing.

    def markdown(self, language: str, page: str, text: str) -> list[str]:
        """The lines of the Markdown table for a page; `text` is the page's own Markdown. Raises TableError."""
        heads = [self.words(column, language, "columns") for column in self.columns]
        lines = [[self._drawn(head, {}, language, page) for head in heads], ["---"] * len(heads)]
        for row, cells in zip(self.rows, self.cells, strict=True):
            line = []
            for number, parts in enumerate(cells):
                drawn = [self._linked(cell, language, page, text) for cell in parts]
                if not number and not parts:
                    drawn = [self._drawn(self.words(row, language, f"row '{self.name(row)}'"), row, language, page)]
                line.append("<br>".join(drawn))
            lines.append(line)
        return ["", *(f"| {' | '.join(line)} |" for line in lines), ""]

    def _drawn(self, words: str, values: dict[str, Any], language: str, page: str) -> str:
        """Words as Markdown of a cell: fields filled in, badges, links from this page."""
        drawn, folder = [], posixpath.dirname(page)

        def from_page(link: re.Match[str]) -> str:
            return f"]({posixpath.relpath(link[1], folder or '.')})"

        for number, part in enumerate(CODE.split(words)):
            if number % 2:
                drawn.append(part)
                continue
            part = proof.FIELD.sub(
                lambda found: badge(found[1], language) if found[1] in STATES else found[0], proof.fill(part, values)
            )
            part = LINK.sub(from_page, part)
            drawn.append(part.replace("|", "\\|"))
        return "".join(drawn)

    def _linked(self, cell: Cell, language: str, page: str, text: str) -> str:
        series = proof.series_values(cell.words["series"]) if "series" in cell.words else {}
        drawn = self._drawn(self.words(cell.words, language, cell.where), cell.place | series, language, page)
        try:
            found = self._shown_at(cell)
        except TableError as error:
            raise self.error(cell.where, error) from None
        if found is None or LINK.search(drawn) or "](" in drawn:
            return drawn
        story, number = found
        where = "" if has_stepper(text, story.name) else posixpath.relpath(story_page(story.name), _folder(page))
        return f"[{drawn}]({where}#{story.anchor(number)}){{ .proof }}"

    def stories(self) -> set[str]:
        """The stories that prove its cells. Raises TableError."""
        return {found[0].name for cell in self.all_cells() if (found := self._shown_at(cell))}

    def _shown_at(self, cell: Cell) -> tuple[proof.Story, int] | None:
        """The story and the line where readers see what a cell says: the later one, where that is what counts."""
        if cell.unproven or not (found := proof.place(cell.place, self.root)):
            return None
        story, number = found
        if "later_fact" in cell.words:
            number = story.line(cell.place["later"], cell.place.get("later_nth", 1))
        return (story, number) if story.step(number) else None  # an assertion of the setup is no step


def _folder(page: str) -> str:
    return posixpath.dirname(page) or "."


def has_stepper(text: str, story: str) -> bool:
    """Whether a page's Markdown has the stepper of a story."""
    return re.search(rf'^```steps [^\n]*story="{re.escape(story)}"', text, re.MULTILINE) is not None


def story_page(story: str) -> str:
    """The generated page of a story, as a path below docs/<language>/."""
    return f"stories/{story.removesuffix('.py')}.md"


def names(root: Path = ROOT) -> list[str]:
    """The proven tables there are, and those that cannot be read."""
    return sorted(path.parent.name for path in (root / "tables").glob(f"*/{FILE}") if is_proven(path.parent.name, root))


def is_proven(name: str, root: Path = ROOT) -> bool:
    """Whether tables/<name>/ holds a proven table, or a file that nobody can read."""
    path = root / "tables" / name / FILE
    try:
        return path.is_file() and parsed(path, tomllib.loads).get("kind") == "proven"
    except ValueError:
        return not any((path.parent / name).exists() for name in table_data.PROGRAMS)


def markdown(name: str, language: str, page: str, text: str, root: Path = ROOT) -> list[str] | None:
    """The lines of Markdown of a proven table, None for any other.

    `page` is the page's name (`chapter/page.md`), `text` its Markdown: a cell links to the stepper on the page itself
    where there is one, else to the page of its story. Raises TableError.
    """
    return ProvenTable(name, root).markdown(language, page, text) if is_proven(name, root) else None
