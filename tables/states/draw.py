"""The matrix of states and operations as tables, a cell as a question, and the anchor of every cell.

A table holds the cells of one starting point, a row for each operation. The lines in its caption and the line that
heads a row are the cell's program. The anchor of a cell, `pending-flush`, is the same in both languages.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from tools.tables.matrix import code as _code
from tools.tables.matrix import folded
from tools.tables.table import COMMA, TableError, badge, marked, said

NAME = "matrix"
FILTER = f"{NAME}-filter"
SCRIPT = "../../assets/matrix.js"  # as seen from the page reference/states/
CONDITIONS = {"deleted": "marked", "dirty": "modified"}  # of Session.deleted and Session.dirty
SILENT = "no SQL"
SEMICOLON = {"en": "; ", "zh": "；"}

Cell = dict[str, Any]


class Matrix:
    """The data of snippets/reference/matrix.py. Raises TableError for a cell that it lacks."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.starts: dict[str, dict[str, str]] = data["starts"]
        self.operations: dict[str, str] = data["operations"]
        self._cells = data["cells"]

    def cell(self, start: str, operation: str) -> Cell:
        try:
            return self._cells[start][operation]
        except KeyError:
            where = f"snippets/reference/{NAME}.json: has no cell '{start}-{operation}'"
            raise TableError(f"{where}; run make record STORY=reference/{NAME}") from None

    def named(self, anchor: str) -> tuple[str, str]:
        """The starting point and the operation of an anchor."""
        for start in self.starts:
            operation = anchor.removeprefix(f"{start}-")
            if operation != anchor and operation in self.operations:
                return start, operation
        raise TableError(f"there is no cell '{anchor}': name a starting point and an operation, as in 'pending-flush'")


def anchors(name: str, matrix: Matrix) -> set[str]:
    """The anchors of a table's cells; none for a table that is not of the matrix."""
    start = name.removeprefix(f"{NAME}-")
    return {f"{start}-{operation}" for operation in matrix.operations} if start in matrix.starts else set()


def draw(name: str, language: str, matrix: Matrix) -> str:
    """The table of a starting point, or the filter, as HTML. Raises TableError."""
    _say.cache_clear()  # the labels may have changed while the site is served
    if name == FILTER:
        return _filter(matrix, language)
    start = name.removeprefix(f"{NAME}-")
    if start not in matrix.starts:
        known = ", ".join(f"{NAME}-{start}" for start in matrix.starts)
        raise TableError(f"there is no table '{name}': name {FILTER}, or one of {known}")
    heads = "".join(
        f'<th scope="col">{_say(head, language)}</th>' for head in ("operation", "`author` afterwards", "what it does")
    )
    rows = []
    for operation, code in matrix.operations.items():
        cell = matrix.cell(start, operation)
        same = ' class="same"' if cell["before"] == cell["after"] and "events" not in cell else ""
        rows.append(
            f'<tr id="{start}-{operation}"><th scope="row">{_lines(code)}</th>'
            f"<td{same}>{_afterwards(cell, language)}</td><td>{_does(cell, language)}</td></tr>"
        )
    before = _object(matrix.cell(start, next(iter(matrix.operations)))["before"], language)
    return (
        f'<section class="cells" data-start="{start}"><table class="matrix">'
        f"<caption>{_lines(matrix.starts[start]['code'])}<br>{before}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></section>"
    )


def question(anchors: str, why: str, language: str, matrix: Matrix) -> str:
    """A cell to predict, as HTML: its program, what may happen, and the answer with its reason below a fold.

    `anchors`: the cell's, then those of the cells whose outcomes are the wrong choices. Raises TableError.
    """
    _say.cache_clear()
    asked, *others = anchors.split() or [""]
    start, operation = matrix.named(asked)
    cell = matrix.cell(start, operation)
    if not others:
        raise TableError(f"predict '{anchors}' has one choice only: name cells with another outcome after it")
    if not why.strip():
        raise TableError(f"predict '{anchors}' gives no reason: write it inside the fence")
    choices = [_outcome(matrix.cell(*matrix.named(other)), language) for other in others]
    right = sum(map(ord, asked)) % (len(choices) + 1)
    choices.insert(right, _outcome(cell, language))
    if len(set(choices)) < len(choices):
        raise TableError(f"predict '{anchors}': two choices are the same; name cells with another outcome")
    code = _lines(f"{matrix.starts[start]['code']}\n{matrix.operations[operation]}")
    listed = "".join(f"<li>{choice}</li>" for choice in choices)
    link = f'<a href="../../reference/states/#{asked}">{_say("Its cell", language)}</a>'
    more = "".join(f"<br>{line}" for line in _noticed(cell, language))
    return (
        f'<section class="predict" id="{asked}"><p>{code}</p><ol type="A">{listed}</ol>'
        f"<details><summary>{_say('What happens', language)}</summary>"
        f"<div><b>{chr(ord('A') + right)}</b> {choices[right]}{more}</div>"
        f"<p>{marked(' '.join(why.split()), language)} {link}</p></details></section>"
    )


@cache
def _say(phrase: str, language: str) -> str:
    return marked(said(phrase, language, NAME), language)


def _fill(phrase: str, drawn: str, language: str) -> str:
    return _say(phrase, language).replace("{}", drawn)


def _lines(code: str) -> str:
    """Lines of a program, which may break after _ and (."""
    return marked(f"`{code}`", "en")


def _filter(matrix: Matrix, language: str) -> str:
    def choice(name: str, label: str, options: dict[str, str]) -> str:
        drawn = "".join(f'<option value="{value}">{escape(shown)}</option>' for value, shown in options.items())
        everything = f'<option value="">{_say("All", language)}</option>'
        return f'<label>{_say(label, language)} <select name="{name}">{everything}{drawn}</select></label>'

    starts = {name: said(start["title"], language, NAME) for name, start in matrix.starts.items()}
    return (
        f'<form class="cell-filter" hidden>{choice("start", "Starting point", starts)}'
        f"{choice('operation', 'Operation', matrix.operations)}"
        f'<output data-said="{_say("Cells shown: {}", language)}"></output></form>'
        f'<script src="{SCRIPT}" defer></script>'
    )


def _conditions(author: Cell) -> list[str]:
    """What holds beside the state: expired, modified, marked."""
    found = [condition for kind, condition in CONDITIONS.items() if kind in author.get("listed", ())]
    if author["state"] == "pending" and "new" not in author.get("listed", ()):
        found.append("not in `session.new`")
    expired = author.get("expired", [])
    if expired and ("id" in author or "name" in author):
        return [*found, *(f"`{key}` expired" for key in expired)]
    if not expired and not {"id", "name"} & author.keys():
        return [*found, "no values"]
    return [*found, "expired"] if expired else found


def _object(author: Cell, language: str, before: Cell | None = None) -> str:
    """State, conditions and values of an object; with `before`, only those values that it did not have then."""
    parts = [badge(author["state"], language), *(_say(one, language) for one in _conditions(author))]
    values = [key for key in ("id", "name") if key in author and (before is None or author[key] != before.get(key))]
    return COMMA[language].join([*parts, *(_code(f"{key}={author[key]!r}") for key in values)])


def _fired(cell: Cell, language: str) -> list[str]:
    return [f"<i>{'_<wbr>'.join(event.split('_'))}</i>" for event in cell.get("events", ())]


def _afterwards(cell: Cell, language: str) -> str:
    return "<br>".join([_object(cell["after"], language, cell["before"]), *_fired(cell, language)])


def _sent(cell: Cell, language: str) -> str:
    return _code("\n".join(cell["sent"])) if "sent" in cell else f"<small>{_say(SILENT, language)}</small>"


def _does(cell: Cell, language: str) -> str:
    return "<br>".join([_sent(cell, language), *_gives(cell, language), *_noticed(cell, language)])


def _gives(cell: Cell, language: str) -> list[str]:
    """What a variable holds afterwards, or what was printed."""
    lines = []
    for variable in ("copy", "found"):
        if variable in cell:
            held = cell[variable]
            many = isinstance(held, list)
            drawn = COMMA[language].join(_held(one, language) for one in (held if many else [held]))
            lines.append(_fill(f"`{variable}` is {{}}", f"[{drawn}]" if many else drawn, language))
    if "prints" in cell:
        lines.append(_fill("prints {}", _code(cell["prints"]), language))
    return lines


def _held(held: Any, language: str) -> str:
    if held is None or held == "author":
        return _code(held)
    return _fill("another: {}", _object(held, language), language)


def _noticed(cell: Cell, language: str) -> list[str]:
    """What others see, where that changed; the exception, its message below a fold; the warning."""
    lines = []
    if "others" in cell:
        names = COMMA[language].join(map(_code, cell["others"]))
        lines.append(_fill("others see {}", names, language) if names else _say("others see no row", language))
    for kind in ("error", "warning"):
        if problem := cell.get(kind):
            lines.append(folded(problem["type"], [problem["message"]]))
    return lines


def _outcome(cell: Cell, language: str) -> str:
    """State, values and statements, and the exception's type: what a prediction is about."""
    sent = _code(", ".join(cell["sent"])) if "sent" in cell else _say(SILENT, language)
    parts = [_object(cell["after"], language), sent, *_gives(cell, language)]
    parts += [_fill("fires {}", event, language) for event in _fired(cell, language)]
    if "error" in cell:
        parts.append(_code(cell["error"]["type"]))
    return SEMICOLON[language].join(parts)
