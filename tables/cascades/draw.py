"""What the tables of cascades put together: mappings with the same outcome, and the marks of the whole matrix."""

from __future__ import annotations

from typing import Any

# Beside the book's state in the matrix, by word.
MARKS = {"key-null": "∅", "no-row": "†", "expired": "…", "copied-too": "+", "error-or-warning": "!"}

Cell = dict[str, Any]


def prepare(request: Any) -> dict[str, Any]:
    """`outcomes`: of an operation, each with its anchor (`delete-parent-k`: the first mapping), mappings and cell."""
    cells, operation = request.data["cells"], request.part
    found = []
    if operation:
        for letters, cell in request.alike({letter: row[operation] for letter, row in cells.items()}):
            found.append((f"{operation}-{letters[0].lower()}", runs(letters, [*cells]), cell))
    states = {cell["book"] for row in cells.values() for cell in row.values()}
    return {"outcomes": found, "signs": MARKS, "marked_with": signs, "states": states}


def runs(letters: list[str], everything: list[str]) -> list[str]:
    """A, C–F: three or more neighbors together."""
    found: list[list[str]] = []
    for letter in letters:
        if found and everything.index(letter) == everything.index(found[-1][-1]) + 1:
            found[-1].append(letter)
        else:
            found.append([letter])
    return [part for run in found for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def signs(cell: Cell) -> list[str]:
    """What the matrix adds to the book's state, by word."""
    lost = cell["book"] == "persistent" and "key" not in cell
    found = {
        "key-null": "key" in cell and cell["key"] is None,
        "no-row": lost,
        "expired": "expired" in cell,
        "copied-too": cell.get("copy"),
        "error-or-warning": "error" in cell or "warning" in cell,
    }
    return [sign for sign in MARKS if found[sign]]
