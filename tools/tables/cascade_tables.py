"""The tables of cascades: the mappings, the whole matrix, and for each operation the outcomes that it has.

The anchor of an operation is its name, `delete-parent`; that of an outcome adds the first mapping, `delete-parent-k`.
"""

from __future__ import annotations

from tools.tables.matrix import Cell, Data, Language, code, folded, outcomes, table
from tools.tables.table import TableError, badge
from tracer.locale import words as tracer_words
from tracer.recording import STATES

NAME = "cascades"
MARKS = {"key NULL": "∅", "no row": "†", "expired": "…", "copied too": "+", "error or warning": "!"}


def draw(name: str, language: Language, data: Data) -> str:
    """A table as HTML. Raises TableError."""
    found = data(NAME)
    operation = name.removeprefix(f"{NAME}-")
    if name == NAME:
        return _matrix(found, language)
    if operation == "mappings":
        return _mappings(found, language)
    if operation in found["operations"]:
        return _operation(operation, found, language)
    known = ", ".join(f"{NAME}-{one}" for one in ("mappings", *found["operations"]))
    raise TableError(f"there is no table '{name}': name {NAME}, or one of {known}")


def anchors(name: str, data: Data) -> set[str]:
    """What links may lead to inside a table."""
    operation = name.removeprefix(f"{NAME}-")
    if operation not in data(NAME)["operations"]:
        return set()
    return {operation} | {_anchor(operation, letters) for letters, _ in _outcomes(operation, data(NAME)["cells"])}


def _outcomes(operation: str, cells: dict[str, dict[str, Cell]]) -> list[tuple[list[str], Cell]]:
    return outcomes({letter: row[operation] for letter, row in cells.items()})


def _anchor(operation: str, letters: list[str]) -> str:
    return f"{operation}-{letters[0].lower()}"


def runs(letters: list[str], everything: list[str]) -> list[str]:
    """A, C–F: three or more neighbors together."""
    found: list[list[str]] = []
    for letter in letters:
        if found and everything.index(letter) == everything.index(found[-1][-1]) + 1:
            found[-1].append(letter)
        else:
            found.append([letter])
    return [part for run in found for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def _mappings(found: Cell, language: Language) -> str:
    nothing = f"<small>{language.say('nothing')}</small>"
    rows = []
    for letter, one in found["mappings"].items():
        options = "\n".join(filter(None, (one["relationship"], one["key"])))
        carried = ", ".join(one["carries"])
        rows.append(("", [letter, *(code(told) if told else nothing for told in (options, carried))]))
    heads = [language.say(head) for head in ("mapping", "you write", "it carries")]
    return table("mappings", language.say("Options of `Author.books` and, `ondelete`, of the foreign key"), heads, rows)


def _matrix(found: Cell, language: Language) -> str:
    cells = found["cells"]
    states = {cell["book"] for row in cells.values() for cell in row.values()}
    legend = [badge(state, language.name) for state in STATES if state in states]
    legend += [f"{sign} {language.say(what)}" for what, sign in MARKS.items()]
    rows: list[tuple[str, list[str]]] = []
    for operation, one in found["operations"].items():
        drawn = [f'<a href="#{operation}">{language.say(one["title"])}</a>']
        for row in cells.values():
            state = row[operation]["book"]
            shape = f'<b class="state-{state}"><i>{tracer_words(language.name)[state]}</i></b>'
            more = "".join(MARKS[sign] for sign in signs(row[operation]))
            drawn.append(f"{shape}<small>{more}</small>" if more else shape)
        rows.append(("", drawn))
    caption = f"{language.say('The book afterwards')}<br/>{language.list(legend)}"
    return table("tiny", caption, [language.say("operation"), *cells], rows)


def signs(cell: Cell) -> list[str]:
    """What the matrix adds to the book's state."""
    lost = cell["book"] == "persistent" and "key" not in cell
    found = {
        "key NULL": "key" in cell and cell["key"] is None,
        "no row": lost,
        "expired": "expired" in cell,
        "copied too": cell.get("copy"),
        "error or warning": "error" in cell or "warning" in cell,
    }
    return [sign for sign in MARKS if found[sign]]


def _operation(operation: str, found: Cell, language: Language) -> str:
    rows = [
        (
            _anchor(operation, letters),
            [language.list(runs(letters, [*found["cells"]])), _book(cell, language), _does(cell, language)],
        )
        for letters, cell in _outcomes(operation, found["cells"])
    ]
    heads = [language.say(head) for head in ("mapping", "`book` afterwards", "what it does")]
    drawn = table("few", code(found["operations"][operation]["program"]), heads, rows)
    return f'<section id="{operation}">{drawn}</section>'


def _book(cell: Cell, language: Language) -> str:
    state = badge(cell["book"], language.name)
    if "expired" in cell:
        state = language.list([state, language.say("expired")])
    key = "NULL" if cell.get("key") is None else cell["key"]
    return f"{state}<br/>{code(f'author_id={key}') if 'key' in cell else language.say('no row')}"


def _does(cell: Cell, language: Language) -> str:
    lines = [code("\n".join(cell["sent"])) if "sent" in cell else f"<small>{language.say('no SQL')}</small>"]
    if "copy" in cell:
        lines.append(language.say("copies the book too" if cell["copy"] else "copies the author only"))
    for problem in (cell[kind] for kind in ("error", "warning") if kind in cell):
        lines.append(folded(problem["type"], [problem["message"]] if problem["message"] else []))
    return "<br/>".join(lines)
