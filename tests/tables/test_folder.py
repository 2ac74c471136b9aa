"""A fence's addresses fit the page it stands on; names with a placeholder stand for each part of the data."""

import pytest

from tests.tables.drawing import FOLDERS
from tools.tables.folder import Request
from tools.tables.table import TableError


@pytest.mark.parametrize(
    ("page", "target", "address"),
    [
        ("states/quiz.md", "/reference/states.md#pending-flush", "../../reference/states/#pending-flush"),
        ("reference/versions.md", "../flush-and-commit/autoflush.md", "../../flush-and-commit/autoflush/"),
        ("reference/states.md", "/assets/matrix.js", "../../assets/matrix.js"),
        ("index.md", "/reference/states.md", "reference/states/"),
        ("states/quiz.md", "/index.md", "../../"),
        ("states/index.md", "quiz.md#a", "quiz/#a"),
    ],
)
def test_addresses_lead_from_the_built_page(page, target, address):
    request = Request("table", "x", None, "", "en", page, {}, {}, None)
    assert request.address(target) == address


def test_a_placeholder_stands_for_every_part_of_the_data():
    names = dict(FOLDERS["cascades"].names("table"))
    assert names["cascades"] is None and names["cascades-merge"] == "merge"
    assert len(names) == 2 + len(FOLDERS["cascades"].data["operations"])


def test_cells_that_tell_the_same_stand_together():
    cells = {"a": {"x": 1, "y": 1}, "b": {"x": 2, "y": 1}, "c": {"x": 1, "y": 2}}
    assert [names for names, _ in Request.alike(cells)] == [["a"], ["b"], ["c"]]
    assert [names for names, _ in Request.alike(cells, lambda cell: cell["x"])] == [["a", "c"], ["b"]]


def test_a_placeholder_that_the_data_lack_is_one_line(tmp_path):
    folder = type(FOLDERS["cascades"])(tmp_path)
    (tmp_path / "data.json").write_text("{}")
    (tmp_path / "table.toml").write_text('[fences]\ntable = ["x-{fish}"]\n')
    with pytest.raises(TableError, match="table.toml: 'x-{fish}' names no part of the data; mend it"):
        dict(folder.names("table"))
