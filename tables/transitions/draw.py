"""The map of the states: which edges there are and what they are called comes from the data, where they run stands
here. An edge of the data without a place here is an error, so is a place without its edge.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 352, 736
SIZE, LEADING, COLUMN = 12, 15, 7.25  # of the labels, in px on a phone; the width of a letter of code
MORE = "…"
NEW = "new"
LEGEND = ("dot", "dashed", "more")  # words
SHAPES = {"transient": "○", "pending": "◇", "persistent": "●", "deleted": "×", "detached": "□"}  # as in stepper.css

BACK, FLUSHES = "`rollback()`", ("`flush()`", "`commit()`", "any query", "`execute(delete())`")

BOXES = {  # x, y, width, height
    "transient": (12, 50, 88, 100),
    "pending": (240, 50, 106, 100),
    "persistent": (240, 300, 106, 100),
    "deleted": (240, 560, 106, 90),
    "detached": (12, 530, 88, 120),
}


@dataclass(frozen=True)
class Place:
    """Where an edge runs (corners, from start to end) and where its label stands.

    `label` is the first baseline, `anchor` as in SVG; at most `lines` of `columns` letters. `first`: the calls to name
    before others. `heads`: more arrowheads on a long way, as (number of the line, how far along it).
    """

    points: tuple[tuple[float, float], ...]
    label: tuple[float, float]
    anchor: str = "start"
    lines: int = 2
    columns: int = 13
    first: tuple[str, ...] = ()
    heads: tuple[tuple[int, float], ...] = ()


PLACES: dict[tuple[str, str], Place] = {
    (NEW, "transient"): Place(((56, 22), (56, 50)), (66, 27)),
    (NEW, "pending"): Place(((284, 22), (284, 50)), (294, 27), columns=7),
    (NEW, "persistent"): Place(((330, 268), (330, 300)), (346, 243), "end", columns=10),
    (NEW, "detached"): Place(((40, 682), (40, 650)), (50, 686), columns=16),
    ("transient", "pending"): Place(((100, 64), (240, 64)), (170, 56), "middle", 1, 18),
    ("pending", "transient"): Place(((240, 122), (100, 122)), (170, 84), "middle", 3, 14),
    ("pending", "persistent"): Place(((248, 150), (248, 300)), (254, 178), lines=3),
    ("persistent", "transient"): Place(
        ((240, 314), (154, 314), (154, 138), (100, 138)),
        (160, 226),
        lines=3,
        columns=11,
        first=(BACK,),
        heads=((1, 0.5),),
    ),
    ("transient", "detached"): Place(((20, 150), (20, 530)), (35, 208), lines=2, columns=16, heads=((0, 0.16),)),
    ("detached", "transient"): Place(((29, 530), (29, 150)), (35, 478), lines=1, columns=16, heads=((0, 0.15),)),
    ("persistent", "detached"): Place(
        ((240, 346), (154, 346), (154, 546), (100, 546)), (148, 392), "end", 3, 14, heads=((1, 0.3),)
    ),
    ("detached", "persistent"): Place(
        ((100, 562), (166, 562), (166, 378), (240, 378)), (172, 430), lines=3, columns=9, heads=((1, 0.65),)
    ),
    ("persistent", "deleted"): Place(((248, 400), (248, 560)), (254, 428), lines=5, columns=11, first=FLUSHES),
    ("deleted", "persistent"): Place(((338, 560), (338, 400)), (332, 530), "end", 1, 10),
    ("deleted", "detached"): Place(((240, 604), (100, 604)), (170, 582), "middle", 2, 17),
    ("detached", "deleted"): Place(((100, 626), (240, 626)), (170, 642), "middle", 1, 17),
    ("deleted", "transient"): Place(
        ((300, 650), (300, 706), (4, 706), (4, 100), (12, 100)),
        (152, 722),
        "middle",
        1,
        40,
        first=(BACK,),
        heads=((1, 0.5), (2, 0.5)),
    ),
}


@dataclass
class Edge:
    """An edge of the data: its calls in the order of the data, and whether any event fires."""

    calls: list[str]
    fires: bool = False


@dataclass
class Text:
    """A line of a label, where it stands."""

    x: float
    y: float
    anchor: str
    text: str
    code: bool

    @property
    def width(self) -> float:
        return sum(
            COLUMN if self.code and ord(letter) < 0x2E80 else 6.6 if ord(letter) < 0x2E80 else 12
            for letter in self.text
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        left = self.x - {"start": 0, "middle": self.width / 2, "end": self.width}[self.anchor]
        return left, self.y - SIZE * 0.8, left + self.width, self.y + SIZE * 0.25


Say = Callable[[str], str]  # a phrase of the data, in the language


def prepare(request: Any) -> dict[str, Any]:
    """What the template draws of the map, or the rows of the table of transitions. Raises ValueError."""
    if request.kind != "map":
        return {"rows": [{**row, "unless": unless(row, request.data)} for row in request.data["edges"]]}
    if not request.text.strip():
        raise ValueError(f"map '{request.name}' has no words for those who do not see it: write them inside the fence")
    say = request.words.plain_phrase
    found = edges(request.data)
    return {
        "alternative": " ".join(request.text.split()),
        "width": WIDTH,
        "height": HEIGHT,
        "size": SIZE,
        "lines": [line(ends, edge, PLACES[ends]) for ends, edge in found.items()],
        "boxes": [{"state": state, "shape": SHAPES[state], "box": box} for state, box in BOXES.items()],
        "labels": [(ends[1], text) for ends, edge in found.items() for text in label(edge, PLACES[ends], say)],
        "legend": LEGEND,
    }


def unless(row: dict[str, Any], data: dict[str, Any]) -> list[str]:
    """Of a row without conditions: those on which calls of it lead to another state, as "not …"."""
    others = [edge for edge in data["edges"] if edge["from"] == row["from"] and edge["to"] != row["to"]]
    return [
        f"not {when}"
        for edge in others
        for when in edge["when"]
        if not row["when"] and set(row["calls"]) & set(edge["calls"])
    ]


def line(ends: tuple[str, str], edge: Edge, place: Place) -> dict[str, Any]:
    """An edge as paths of SVG: its way, its arrowheads, whether it is dashed, and the dot where it begins."""
    heads = _head(*place.points[-2:])
    for number, share in place.heads:
        (x0, y0), (x1, y1) = place.points[number : number + 2]
        heads += _head((x0, y0), (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
    way = "M" + "L".join(f"{x:g} {y:g}" for x, y in place.points)
    dot = place.points[0] if ends[0] == NEW else None
    return {"ends": ends, "way": way, "heads": heads, "dashed": not edge.fires, "dot": dot}


def edges(data: dict[str, Any]) -> dict[tuple[str, str], Edge]:
    """The edges of the data between two states. Raises ValueError."""
    found: dict[tuple[str, str], Edge] = {}
    for told in data["edges"]:
        ends = told["from"], told["to"]
        if ends[0] == ends[1]:
            continue  # an event without a change
        edge = found.setdefault(ends, Edge([]))
        edge.calls += [call for call in told["calls"] if call not in edge.calls]
        edge.fires |= bool(told["events"])
    for ends in sorted(found.keys() ^ PLACES.keys()):
        what = "has no place in the drawing" if ends in found else "is drawn, but not in the data"
        raise ValueError(f"tables/transitions/data.json: {ends[0]} → {ends[1]} {what}; mend tables/transitions/draw.py")
    return {ends: found[ends] for ends in PLACES}


def short(call: str, say: Say) -> tuple[str, bool]:
    """A call as the drawing names it, and whether it is code: `merge()` of `merge()` with a condition."""
    if match := re.match(r"`([^`]+)`", call):
        return re.sub(r"\(.*=.*\)", "()", match[1]), True
    return say(call).replace("`", ""), False


def _broken(name: str, columns: int) -> list[str]:
    """A name in lines of at most so many letters, broken after _ and ( and spaces."""
    lines = [""]
    for part in re.findall(r"[^_( ]+[_( ]?\)*|\S", name):
        if lines[-1] and len(lines[-1] + part.rstrip()) > columns:
            lines.append("")
        lines[-1] += part
    return [line.rstrip() for line in lines]


def label(edge: Edge, place: Place, say: Say) -> list[Text]:
    """As many of the calls as have room, and … if there are more."""
    calls = sorted(edge.calls, key=lambda call: place.first.index(call) if call in place.first else len(place.first))
    named = list(dict.fromkeys(short(call, say) for call in calls))
    written: list[tuple[str, bool]] = []
    left = 0
    if place.lines == 1:  # one beside the other
        line, code = named[0]
        for name, _ in named[1:]:
            if len(f"{line}, {name}") > place.columns:
                left += 1
            else:
                line += f", {name}"
        written = [(line, code)]
    else:
        for name, code in named:
            lines = _broken(name, place.columns)
            if written and len(written) + len(lines) > place.lines:
                left += 1
            else:
                written += [(line, code) for line in lines]
    if left:
        line, code = written[-1]
        if len(line) + 2 > place.columns:
            written.append((MORE, code))
        else:
            written[-1] = (f"{line} {MORE}", code)
    (x, y), anchor = place.label, place.anchor
    return [Text(x, y + LEADING * number, anchor, line, code) for number, (line, code) in enumerate(written)]


def _head(start: tuple[float, float], end: tuple[float, float]) -> str:
    """An arrowhead at `end`, along one of the two axes."""
    (x, y), along = end, (end[0] - start[0], end[1] - start[1])
    if along[0]:
        back = -6 if along[0] > 0 else 6
        return f"M{x + back:g} {y - 4:g}L{x:g} {y:g}L{x + back:g} {y + 4:g}"
    back = -6 if along[1] > 0 else 6
    return f"M{x - 4:g} {y + back:g}L{x:g} {y:g}L{x + 4:g} {y + back:g}"
