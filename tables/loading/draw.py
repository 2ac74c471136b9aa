"""The drawing of loading: how many statements each strategy sends, on two logarithmic axes.

Strategies that send equally many at every number of authors share a line. The lines come from the data; where their
labels stand, from here.
"""

from __future__ import annotations

import math
from typing import Any

WIDTH, HEIGHT = 352, 350
LEFT, RIGHT, TOP, BOTTOM = 38, 12, 26, 40  # around the plot
LOWEST = 0.2  # statements: room below the line of one
SIZE, LEADING, COLUMN, WIDE = 12, 15, 7.25, 12  # of labels: a letter of code, a Chinese one

# The first strategy of a line → its label's corner, as authors, statements and px from there; how many lines of it.
PLACES: dict[str, tuple[float, float, float, float, int]] = {
    "unread": (1, 1, 2, 16, 3),
    "lazy": (1, 350, 2, 0, 2),
    "selectin": (18, 2, 0, -8, 1),
    "subquery": (1, 2, 36, 15, 1),
}


def prepare(request: Any) -> dict[str, Any]:
    """What the template draws: the frame, the lines with their dots and labels. Raises ValueError."""
    data, words = request.data, request.words
    most = max(data["parents"][-1], *(numbers[-1] for numbers in lines(data)))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "size": SIZE,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "top": TOP,
        "bottom": HEIGHT - BOTTOM,
        "scale": [{"number": number, "x": _x(number, most), "y": _y(number, most)} for number in data["parents"]],
        "lines": [line(numbers, strategies, most, data, words) for numbers, strategies in lines(data).items()],
    }


def line(numbers: tuple[int, ...], strategies: list[str], most: float, data: dict[str, Any], words: Any) -> dict:
    """A line of the drawing: its dots, and its label as (x, y, text). Raises ValueError where that has no room."""
    dots = [(_x(at, most), _y(number, most)) for at, number in zip(data["parents"], numbers, strict=True)]
    at, number, right, down, rows = PLACES[strategies[0]]
    x, y = _x(at, most) + right, _y(number, most) + down
    names = [words.plain_phrase(data["strategies"][strategy]["title"]).replace("`", "") for strategy in strategies]
    label = _label(names, (WIDTH - RIGHT - x) if rows != 2 else _x(100, most) - x, words.marks["comma"])
    if len(label) > rows:
        raise ValueError(f"loading chart: the label of '{strategies[0]}' has no room; mend tables/loading/draw.py")
    texts = [(x, y + LEADING * place, text) for place, text in enumerate(label)]
    return {"name": strategies[0], "dots": dots, "texts": texts}


def lines(data: dict[str, Any]) -> dict[tuple[int, ...], list[str]]:
    """The strategies that share a line, by their numbers of statements. Raises ValueError for a line without place."""
    grouped: dict[tuple[int, ...], list[str]] = {}
    for strategy, cells in data["cells"].items():
        grouped.setdefault(tuple(cell["statements"] for cell in cells.values()), []).append(strategy)
    for strategies in grouped.values():
        if strategies[0] not in PLACES:
            what = f"the line of '{strategies[0]}' has no label in the drawing; mend tables/loading/draw.py"
            raise ValueError(f"tables/loading/data.json: {what}")
    return grouped


def _x(parents: float, most: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(parents) / math.log(most)


def _y(statements: float, most: float) -> float:
    share = (math.log(statements) - math.log(LOWEST)) / (math.log(most) - math.log(LOWEST))
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _wide(text: str) -> float:
    return sum(COLUMN if ord(letter) < 0x2E80 else WIDE for letter in text)


def _label(names: list[str], room: float, comma: str) -> list[str]:
    """Names, separated by commas, in lines of at most `room` px."""
    written = [""]
    for name in names:
        if written[-1] and _wide(f"{written[-1]}{comma}{name}{comma}".rstrip()) > room:
            written[-1] += comma.rstrip()
            written.append(name)
        else:
            written[-1] += (comma if written[-1] else "") + name
    return written
