"""The table and the chart of loading show every number that was counted."""

import pytest

from tables.loading import draw
from tests.tables.drawing import data, element, text, words
from tools.content.pages import LANGUAGES
from tools.site.inline_svg import SVG

DATA = data("loading")
both = pytest.mark.parametrize("language", LANGUAGES)


def test_ten_strategies():
    assert len(DATA["cells"]) == 10


@both
def test_the_table_shows_every_number(language):
    rows = element("loading", language).findall("section/table/tbody/tr")
    shown = [[text(cell) for cell in row.findall("td")] for row in rows]
    assert shown == [
        [str(cell[what]) for cell in cells.values()]
        for cells in DATA["cells"].values()
        for what in ("statements", "rows")
    ]


@both
def test_the_chart_draws_every_strategy_on_the_line_of_its_numbers(language):
    svg = element("loading", language).find(f"figure/{{{SVG}}}svg")
    assert svg.get("role") == "img" and svg.get("aria-label")
    lines = draw.lines(DATA)
    groups = {group.get("class"): group for group in svg.findall(f"{{{SVG}}}g[@class]")}
    assert len(groups) == len(lines)
    say = words("loading", language).plain_phrase
    for numbers, strategies in lines.items():
        group = groups[f"chart-{strategies[0]}"]
        heights = [float(circle.get("cy")) for circle in group.findall(f"{{{SVG}}}circle")]
        assert len(heights) == len(numbers)
        assert [a > b for a, b in zip(heights, heights[1:], strict=False)] == [
            a < b for a, b in zip(numbers, numbers[1:], strict=False)
        ]
        label = "".join(text(line) for line in group.findall(f"{{{SVG}}}text")).replace(" ", "")
        for strategy in strategies:
            assert say(DATA["strategies"][strategy]["title"]).replace("`", "").replace(" ", "") in label
    for shown in svg.iter(f"{{{SVG}}}text"):
        assert 0 <= float(shown.get("x")) <= draw.WIDTH
        assert 0 < float(shown.get("y")) <= draw.HEIGHT


def test_a_line_without_a_place_in_the_chart_is_one_line():
    with pytest.raises(ValueError, match="the line of 'new' has no label in the drawing; mend tables/loading/draw.py"):
        draw.lines({"cells": {"new": {"1": {"statements": 7}}}})
