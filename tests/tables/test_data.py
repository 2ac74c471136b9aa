"""The data beside each program of tables/ are what it computes, on every database and version that they speak of."""

import json
import os
import re
import subprocess
import sys

import pytest

from tools.content.repository import ROOT
from tools.run import table_data, variants
from tools.run.sandbox import apart

PLACE = variants.here()
# The programs whose data hold elsewhere too, beside those with data of their own there.
EVERYWHERE = {
    "": [],
    "postgresql": ["cascades", "loading"],
    "mariadb": ["cascades", "loading"],
    "sqlalchemy-2.0": ["states", "cascades", "loading", "isolation"],
}


def speaks_of_this_place(program):
    """Whether a program has data to compare here. One that cannot say so is compared, which says why."""
    try:
        return table_data.own_data(program) or program.parent.name in EVERYWHERE.get(PLACE, [])
    except table_data.SettingsError:
        return True


PROGRAMS = {program.parent.name: program for program in filter(speaks_of_this_place, table_data.programs())}


@pytest.fixture(scope="module")
def results():
    return dict(apart(table_data.computed_text, PROGRAMS.values()))


@pytest.mark.skipif(PLACE not in EVERYWHERE, reason="data are compared on one database or one version at a time")
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_data_are_what_the_program_computes(name, results):
    try:
        found, path = results[PROGRAMS[name]], table_data.expected_data(PROGRAMS[name])
    except table_data.SettingsError as error:
        pytest.fail(str(error), pytrace=False)
    assert isinstance(found, str), found
    expected = path.read_text("utf-8") if path.exists() else "{}"
    same = quiet(expected) == quiet(found) if PLACE in variants.DATABASES else table_data.same_data(expected, found)
    if not same:
        where = f" on {PLACE}" if PLACE else ""
        remedy = f"if that is right, run make record STORY=tables/{name}{where} and read the change"
        pytest.fail(f"tables/{name}/{path.name} is not what its program computes{where}; {remedy}", pytrace=False)


def quiet(text):
    """Data without what another version of a server may word otherwise: its name, the messages of its driver."""
    found = json.loads(text)
    found.pop("server", None)
    cells = (cell for row in found.get("cells", {}).values() for cell in row.values())
    for cell in cells:
        cell.pop("message", None)
    return found


@pytest.mark.skipif(PLACE != "", reason="data are compared on SQLite and SQLAlchemy 2.1 only")
@pytest.mark.skipif(not os.environ.get("REPEATS"), reason="repeats what other tests do: set REPEATS=1, as every week")
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_computes_the_same_under_another_hash_seed(name, results, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", f"tables.{name}.compute"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == results[PROGRAMS[name]], f"tables/{name}/compute.py: sort what comes from a set"


# In which file data lie.


@pytest.mark.parametrize(
    ("name", "place", "own", "expected"),
    [
        ("loading", "", "data.json", "data.json"),
        ("loading", "mariadb", None, "data.json"),
        ("isolation", "mariadb", "data.mariadb.json", "data.mariadb.json"),
        ("isolation", "sqlalchemy-2.0", None, "data.json"),
        ("isolation", "postgresql+sqlalchemy-2.0", "data.postgresql.json", "data.postgresql.json"),
        ("changes", "sqlalchemy-2.0", "data.2.0.json", "data.2.0.json"),
        ("versions", "sqlalchemy-2.0", "data.2.0.json", "data.2.0.json"),
        ("versions", "", None, None),
    ],
)
def test_only_what_differs_has_data_of_its_own(name, place, own, expected):
    program = ROOT / "tables" / name / "compute.py"
    names = [path and path.name for path in (find(program, place) for find in FINDERS)]
    assert names == [own, expected]


FINDERS = (table_data.own_data, table_data.expected_data)


def test_data_that_differ_in_the_server_alone_are_the_same():
    before = (ROOT / "tables" / "isolation" / "data.json").read_text("utf-8")
    assert table_data.same_data(before, re.sub('"server": ".*"', '"server": "SQLite 9.9"', before))
    assert not table_data.same_data(before, before.replace("SQLITE_BUSY", "SQLITE_FULL"))


def test_settings_that_cannot_be_read_are_one_line(tmp_path):
    program = tmp_path / "tables" / "new" / "compute.py"
    program.parent.mkdir(parents=True)
    with pytest.raises(table_data.SettingsError, match="tables/new/table.toml: .*; mend it"):
        table_data.own_data(program, "")
