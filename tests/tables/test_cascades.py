"""The tables of cascades show every cell that was computed."""

import re
import runpy

import pytest

from tests.tables.drawing import data, element, text
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.tables.table import state_name

DATA = data("cascades")
DRAW = runpy.run_path(str(ROOT / "tables" / "cascades" / "draw.py"))
both = pytest.mark.parametrize("language", LANGUAGES)


def test_twelve_mappings_and_fifteen_operations():
    assert (len(DATA["cells"]), len(DATA["operations"])) == (12, 15)
    assert all([*row] == [*DATA["operations"]] for row in DATA["cells"].values())


def test_the_session_never_saves_a_book_through_its_author_attribute():
    assert {row["set-parent"]["book"] for row in DATA["cells"].values()} == {"transient"}


@both
def test_the_matrix_shows_every_cell(language):
    table = element("cascades", language).find("table")
    rows = table.findall("tbody/tr")
    for row, operation in zip(rows, DATA["operations"], strict=True):
        assert row.find("th/a").get("href") == f"#{operation}"
        for shown, letter in zip(row.findall("td"), DATA["cells"], strict=True):
            cell = DATA["cells"][letter][operation]
            assert text(shown.find("b/i")) == state_name(cell["book"], language)
            assert shown.find("b").get("class") == f"state-{cell['book']}"
            marks = "".join(text(small) for small in shown.findall("small"))
            assert marks == "".join(DRAW["MARKS"][sign] for sign in DRAW["signs"](cell))


@both
@pytest.mark.parametrize("operation", DATA["operations"])
def test_an_operation_shows_every_mapping_once_with_its_cell(operation, language):
    section = element(f"cascades-{operation}", language).find("section")
    assert section.get("id") == operation
    assert text(section.find("table/caption")) == DATA["operations"][operation]["program"]
    letters = list(DATA["cells"])
    shown = {}
    for row in section.findall("table/tbody/tr"):
        for part in re.split("[,、] ?", text(row[0])):
            first, _, last = part.partition("–")
            for letter in letters[letters.index(first) : letters.index(last or first) + 1]:
                shown[letter] = row
    assert sorted(shown) == letters
    for letter, row in shown.items():
        cell = DATA["cells"][letter][operation]
        assert row[1].find("b").get("class") == f"state-{cell['book']}"
        assert ("author_id=" in text(row[1])) == ("key" in cell)
        assert ("author_id=NULL" in text(row[1])) == (cell.get("key", 1) is None)
        sent = row[2].find("code") if "sent" in cell else None
        assert (text(sent).splitlines() if sent is not None else None) == cell.get("sent")
        for kind in ("error", "warning"):
            assert (cell[kind]["type"] in text(row[2])) if kind in cell else True


def test_neighboring_letters_stand_together():
    assert DRAW["runs"](["A", "C", "D", "E", "G", "H"], list("ABCDEFGH")) == ["A", "C–E", "G", "H"]
