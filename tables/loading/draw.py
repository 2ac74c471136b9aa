"""The table of loading, and a drawing of it: how many statements each strategy sends, on two logarithmic axes.

Strategies that send equally many at every number of authors share a line. The lines come from the data; where their
labels stand, from here.
"""

from __future__ import annotations

import math
from html import escape
from typing import Any

from tools.tables.matrix import Data, Language, table

from tools.tables.table import COMMA, MARK, TableError

NAME = "loading"
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


def lines(found: dict[str, Any]) -> dict[tuple[int, ...], list[str]]:
    """The strategies that share a line, by their numbers of statements."""
    grouped: dict[tuple[int, ...], list[str]] = {}
    for strategy, cells in found["cells"].items():
        grouped.setdefault(tuple(cell["statements"] for cell in cells.values()), []).append(strategy)
    for strategies in grouped.values():
        if strategies[0] not in PLACES:
            what = f"the line of '{strategies[0]}' has no label in the drawing; mend tools/tables/loading_tables.py"
            raise TableError(f"snippets/reference/loading.json: {what}")
    return grouped


def _x(parents: float, most: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(parents) / math.log(most)


def _y(statements: float, most: float) -> float:
    share = (math.log(statements) - math.log(LOWEST)) / (math.log(most) - math.log(LOWEST))
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _wide(text: str) -> float:
    return sum(COLUMN if ord(letter) < 0x2E80 else WIDE for letter in text)


def _label(names: list[str], room: float, language: str) -> list[str]:
    """Names, separated by commas, in lines of at most `room` px."""
    comma, written = COMMA[language], [""]
    for name in names:
        if written[-1] and _wide(f"{written[-1]}{comma}{name}{comma}".rstrip()) > room:
            written[-1] += comma.rstrip()
            written.append(name)
        else:
            written[-1] += (comma if written[-1] else "") + name
    return written


def draw(name: str, language: Language, data: Data) -> str:
    """The drawing and its table as HTML. Raises TableError."""
    found = data(NAME)
    if name != NAME:
        raise TableError(f"there is no table '{name}': name {NAME}")
    rows: list[tuple[str, list[str]]] = []
    for strategy, one in found["strategies"].items():
        cells = found["cells"][strategy].values()
        head = language.say(one["title"])
        rows.append(("", [f"{head}<br/>{language.say('statements')}", *(str(cell["statements"]) for cell in cells)]))
        rows.append(("", [language.say("rows"), *(str(cell["rows"]) for cell in cells)]))
    caption = language.say("Authors with {} books each, loaded and read", str(found["children"]))
    drawn = table("numbers", caption, [language.say("authors"), *map(str, found["parents"])], rows)
    return f'<figure class="figure figure-chart">{svg(found, language)}</figure><section>{drawn}</section>'


def svg(found: dict[str, Any], language: Language) -> str:
    """The drawing. Raises TableError."""
    say = language.plain
    parents = found["parents"]
    most = max(parents[-1], *(sum(numbers[-1:]) for numbers in lines(found)))
    drawn, words = [], []
    for number in parents:
        x, y = _x(number, most), _y(number, most)
        anchor = "end" if number == parents[-1] else "middle"
        drawn.append(f'<path class="figure-box" d="M{x:.0f} {TOP}V{HEIGHT - BOTTOM}M{LEFT} {y:.0f}H{WIDTH - RIGHT}"/>')
        words.append(f'<text x="{x:.0f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="{anchor}">{number}</text>')
        words.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{number}</text>')
    words.append(f'<text x="2" y="{SIZE}">{escape(say("statements"))}</text>')
    words.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">{escape(say("authors"))}</text>')
    for numbers, strategies in lines(found).items():
        points = [(_x(at, most), _y(number, most)) for at, number in zip(parents, numbers, strict=True)]
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in points)
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        at, number, right, down, rows = PLACES[strategies[0]]
        x, y = _x(at, most) + right, _y(number, most) + down
        names = [MARK.sub(r"\1", say(found["strategies"][strategy]["title"])) for strategy in strategies]
        label = _label(names, (WIDTH - RIGHT - x) if rows != 2 else _x(100, most) - x, language.name)
        if len(label) > rows:
            raise TableError(
                f"loading chart: the label of '{strategies[0]}' has no room; mend tools/tables/loading_tables.py"
            )
        said = "".join(
            f'<text x="{x:.0f}" y="{y + LEADING * line:.0f}">{escape(text)}</text>' for line, text in enumerate(label)
        )
        drawn.append(f'<g class="chart-{strategies[0]}"><path d="{path}"/>{dots}{said}</g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(say("Statements against authors; the table below says the same."))}"'
        f' fill="none" stroke="currentColor" stroke-width="1.5" font-size="{SIZE}">{"".join(drawn)}'
        f'<g stroke="none" fill="currentColor">{"".join(words)}</g></svg>'
    )
