"""The tables of isolation show every cell of every database, and each outcome with its levels."""

import runpy

import pytest

from tests.tables.drawing import FOLDERS, element, text, words
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT

DRAW = runpy.run_path(str(ROOT / "tables" / "isolation" / "draw.py"))
DATA = {database: FOLDERS["isolation"].read(file) for database, file in DRAW["FILES"].items()}
ANOMALIES = list(DATA["sqlite"]["anomalies"])
both = pytest.mark.parametrize("language", LANGUAGES)


def test_every_database_has_every_cell():
    for found in DATA.values():
        assert found["anomalies"] == DATA["sqlite"]["anomalies"]
        assert all([*row] == ANOMALIES for row in found["cells"].values())


def test_a_query_of_one_object_never_shows_a_change():
    for found in DATA.values():
        assert not any(row["through-the-identity-map"]["happened"] for row in found["cells"].values())
        assert not any(row["added-up-in-sql"]["happened"] for row in found["cells"].values())


def test_sqlite_that_has_read_is_refused_without_waiting():
    for level in ("SERIALIZABLE, two listeners and WAL", "READ UNCOMMITTED, two listeners and WAL"):
        refused = [cell for cell in DATA["sqlite"]["cells"][level].values() if "error" in cell]
        assert len(refused) == 9 and not any(cell["waits"] for cell in refused)


@both
@pytest.mark.parametrize("database", DATA)
def test_the_levels_of_a_database_show_every_cell(database, language):
    say = words("isolation", language).say
    found = DATA[database]
    rows = element(f"isolation-{database}", language).findall("section/table/tbody/tr")
    for row, anomaly in zip(rows, ANOMALIES, strict=True):
        assert row.find("th/a").get("href") == f"#{anomaly}"
        for shown, level in zip(row.findall("td"), found["cells"], strict=True):
            cell = found["cells"][level][anomaly]
            if "error" in cell:
                assert text(shown) == f"{say('waits' if cell.get('waits') else 'refused')} {cell['line']}"
            else:
                assert text(shown) == (say("yes") if cell["happened"] else "–")


@both
def test_the_summary_shows_every_level_of_every_database(language):
    say = words("isolation", language).say
    bodies = element("isolation-summary", language).findall("section/table/tbody")
    for body, found in zip(bodies, DATA.values(), strict=True):
        server, *rows = body.findall("tr")
        assert text(server) == found["server"]
        for shown, (level, cells) in zip(rows, found["cells"].items(), strict=True):
            assert text(shown[0]).endswith(f"\n{say('default')}") == DRAW["is_default"](found, level)
            for cell, anomaly in zip(shown[1:], DRAW["SUMMARY"], strict=True):
                told = cells[anomaly]
                refused = say("waits" if told.get("waits") else "refused")
                assert text(cell) == (refused if "error" in told else say("yes") if told["happened"] else "–")


@both
@pytest.mark.parametrize("anomaly", ANOMALIES)
def test_an_anomaly_shows_its_lines_and_each_outcome_with_its_levels(anomaly, language):
    said = words("isolation", language)
    table = element(f"isolation-{anomaly}", language).find("section/table")
    program = DATA["sqlite"]["anomalies"][anomaly]["program"]
    assert [text(line) for line in table.findall("caption/ol/li")] == program.splitlines()
    groups = {}
    for database, found in DATA.items():
        for level, row in found["cells"].items():
            outcome = tuple(row[anomaly].get(key) for key in ("happened", "line", "waits", "error"))
            groups.setdefault(outcome, []).append(((database, level), row[anomaly]))
    rows = {text(row[1]): text(row[0]) for row in table.findall("tbody/tr")}
    for (happened, line, waits, error), places in groups.items():
        lines = []
        for server, levels in DRAW["where"]([place for place, _ in places], DATA):
            named = [DRAW["level"](level, said) for level in levels] or [said.plain("all-levels")]
            shown = said.marks["comma"].join(named)
            lines.append(f"{server}{said.marks['colon']}{shown}")
        outcome = rows.pop("\n".join(lines))
        if error is None:
            assert outcome == said.say("happens" if happened else "happens-not")
            continue
        assert outcome.startswith(said.say("line-waits" if waits else "line-refused", line))
        for _, cell in places:
            assert error in outcome and cell["message"] in outcome and str(cell.get("code", "")) in outcome
    assert rows == {}


def test_where_names_each_level_of_each_database():
    places = [
        ("sqlite", "SERIALIZABLE, two listeners without WAL"),
        ("sqlite", "READ UNCOMMITTED, two listeners and WAL"),
        ("mariadb", "SERIALIZABLE"),
    ]
    everywhere = [("postgresql", level) for level in DATA["postgresql"]["cells"]]
    assert DRAW["where"](places + everywhere, DATA) == [
        ("SQLite", ["SERIALIZABLE, two listeners without WAL", "READ UNCOMMITTED, two listeners and WAL"]),
        ("PostgreSQL", []),
        ("MariaDB", ["SERIALIZABLE"]),
    ]
    said = words("isolation", "en")
    found = DRAW["level"]("SERIALIZABLE, two listeners without WAL", said)
    assert found == "SERIALIZABLE with two listeners without WAL"
