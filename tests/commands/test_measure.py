"""Measuring writes what a table's program found on each database, or nothing where a server is missing."""

import datetime
import json

import pytest
import sqlalchemy

from tools.commands import database_matrix, measure

PROGRAM = 'import json, os\nprint(json.dumps({"seen": os.environ.get("DATABASE_URL")}))\n'


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "tables" / "times"
    folder.mkdir(parents=True)
    (folder / "measure.py").write_text(PROGRAM, "utf-8")
    return tmp_path


@pytest.fixture
def no_servers(monkeypatch):
    monkeypatch.setattr(database_matrix, "SERVERS", {})


def test_the_data_say_when_with_what_and_on_which_database(root, no_servers, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    assert measure.main(["times"], root) == 0
    assert capsys.readouterr().out == "wrote tables/times/data.json: read what changed before you commit it\n"
    assert json.loads((root / "tables/times/data.json").read_text("utf-8")) == {
        "measured": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "sqlalchemy": sqlalchemy.__version__,
        "databases": {"sqlite": {"seen": None}},
    }


def test_without_a_server_nothing_is_measured(root, capsys):
    assert measure.main([], root, reach=lambda name: None) == 1
    assert capsys.readouterr().out.startswith("postgresql: not reached, so nothing is measured; start it (")
    assert not (root / "tables/times/data.json").exists()


def test_a_table_that_nobody_measures_is_named(root, capsys):
    assert measure.main(["rollback"], root) == 1
    assert capsys.readouterr().out == "no table rollback is measured: name one of times\n"


def test_a_program_that_fails_leaves_the_data_alone(root, no_servers, capsys):
    program = root / "tables/times/measure.py"
    program.with_name("data.json").write_text("{}", "utf-8")
    program.write_text("1 / 0\n", "utf-8")
    assert measure.main([], root) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert program.with_name("data.json").read_text("utf-8") == "{}"
