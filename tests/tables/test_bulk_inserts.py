"""The table of bulk inserts shows times as multiples of the quickest, and each way on each database."""

import json
import re
import runpy

import pytest

from tools.content.repository import ROOT
from tools.tables.folder import Folder

PATH = ROOT / "tables" / "bulk-inserts"


@pytest.fixture(scope="module")
def drawing():
    return runpy.run_path(str(PATH / "draw.py"))


RATIOS = {1.04: "1.0", 9.96: "10", 14.4: "14", 141: "140", 1404: "1,400"}


@pytest.mark.parametrize(("ratio", "shown"), RATIOS.items())
def test_a_ratio_has_few_digits(drawing, ratio, shown):
    assert drawing["rounded"](ratio) == shown


def test_a_cell_compares_with_the_quickest_way(drawing):
    ways = {"slow": {"calls": 20, "milliseconds": 33.0}, "fast": {"calls": 1, "milliseconds": 10.0}}
    assert drawing["cell"](ways, "slow") == {"quickest": False, "ratio": "3.3", "calls": 20}
    assert drawing["cell"](ways, "fast") == {"quickest": True, "ratio": "1.0", "calls": 1}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_way_stands_in_the_table_with_each_database(language):
    html = Folder(PATH).draw("table", "bulk-inserts", "", language, "sessions/bulk-inserts.md")
    data = json.loads((PATH / "data.json").read_text("utf-8"))
    assert data["measured"] in html
    rows = [re.findall(r"<td>", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    ways = [len(database["ways"]) for database in data["databases"].values()]
    assert ways == [7, 7, 7]
    assert rows == [[]] + [["<td>"] * 3] * 7


def test_the_page_recommends_what_the_measurement_shows():
    """A commit each costs most, then a flush each, and `insert(Author)` is faster than `add_all()`."""
    for database, found in json.loads((PATH / "data.json").read_text("utf-8"))["databases"].items():
        times = {name: way["milliseconds"] for name, way in found["ways"].items()}
        slowest = sorted(times, key=times.__getitem__, reverse=True)[:3]
        assert slowest == ["commit each", "flush each", "add_all"], database
        assert times["insert"] * 1.5 < times["add_all"], database
