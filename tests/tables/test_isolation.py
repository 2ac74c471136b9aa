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
    for level in ("SERIALIZABLE, sends BEGIN, WAL", "READ UNCOMMITTED, sends BEGIN, WAL"):
        refused = [cell for cell in DATA["sqlite"]["cells"][level].values() if "error" in cell]
        assert len(refused) == 9 and not any("waits" in cell for cell in refused)


def test_an_update_that_comes_first_is_refused_at_strict_levels_of_postgresql_alone():
    refused = [
        (database, level)
        for database, found in DATA.items()
        for level, row in found["cells"].items()
        if "error" in row["one-update-each"]
    ]
    assert refused == [("postgresql", "REPEATABLE READ"), ("postgresql", "SERIALIZABLE")]


def test_a_wait_may_end_in_a_deadlock_or_in_the_anomaly():
    assert DATA["mariadb"]["cells"]["SERIALIZABLE"]["write-skew"]["code"] == 1213
    assert DATA["sqlite"]["cells"]["plain create_engine()"]["write-skew"] == {"happened": True, "waits": 3}


def shown_outcome(say, comma, cell, steps):
    """What a cell of a table of levels shows."""
    parts = [(say("waits"), cell["waits"])] if "waits" in cell else []
    if "error" in cell:
        parts.append((say("refused"), cell["refused"]))
    elif cell["happened"]:
        parts.append((say("yes"), ""))
    return comma.join(f"{word} {step}".strip() if steps else word for word, step in parts) or "–"


@both
@pytest.mark.parametrize("database", DATA)
def test_the_levels_of_a_database_show_every_cell(database, language):
    said = words("isolation", language)
    found = DATA[database]
    rows = element(f"isolation-{database}", language).findall("section/table/tbody/tr")
    for row, anomaly in zip(rows, ANOMALIES, strict=True):
        assert row.find("th/a").get("href") == f"#{anomaly}"
        for shown, level in zip(row.findall("td"), found["cells"], strict=True):
            cell = found["cells"][level][anomaly]
            assert text(shown) == shown_outcome(said.say, said.marks["comma"], cell, steps=True)


@both
def test_the_summary_shows_the_default_of_each_database_and_last_a_level_without_anomalies(language):
    said = words("isolation", language)
    bodies = element("isolation-summary", language).findall("section/table/tbody")
    summary, chosen = DRAW["SUMMARY"], DRAW["SUMMARY_LEVELS"]
    for body, (database, found) in zip(bodies, DATA.items(), strict=True):
        levels = chosen[database]
        server, *rows = body.findall("tr")
        assert text(server) == found["server"]
        [default] = [level for level in levels if DRAW["is_default"](found, level)]
        assert any(found["cells"][default][one]["happened"] for one in summary)
        assert not any(found["cells"][levels[-1]][one]["happened"] for one in summary)
        for shown, level in zip(rows, levels, strict=True):
            cells = found["cells"][level]
            assert text(shown[0]).endswith(f"\n{said.say('default')}") == (level == default)
            for cell, anomaly in zip(shown[1:], summary, strict=True):
                assert text(cell) == shown_outcome(said.say, said.marks["comma"], cells[anomaly], steps=False)


def test_the_summary_compares_the_servers_at_the_same_levels():
    servers = element("isolation-summary", "en").findall("section/table/tbody")[1:]
    shown = [[text(row[0]).partition("\n")[0] for row in body.findall("tr")[1:]] for body in servers]
    assert shown == [["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"]] * 2


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
            outcome = tuple(row[anomaly].get(key) for key in ("happened", "waits", "refused", "error"))
            groups.setdefault(outcome, []).append(((database, level), row[anomaly]))
    rows = {text(row[1]): text(row[0]) for row in table.findall("tbody/tr")}
    for (happened, waits, refused, error), places in groups.items():
        lines = []
        for server, levels in DRAW["where"]([place for place, _ in places], DATA):
            named = [DRAW["level"](level, said) for level in levels] or [said.plain("all-levels")]
            shown = said.marks["comma"].join(named)
            lines.append(f"{server}{said.marks['colon']}{shown}")
        outcome = rows.pop("\n".join(lines))
        if error is None:
            ended = said.say("happens" if happened else "happens-not")
            assert outcome == ended + (said.say("after-wait", waits) if waits else "")
        elif waits is None:
            assert outcome.startswith(said.say("step-refused", refused))
        elif waits == refused:
            assert outcome.startswith(said.say("waits-and-refused", waits))
        else:
            assert outcome.startswith(said.say("waits-then-refused", waits, refused))
        if error is None:
            continue
        for _, cell in places:
            assert error in outcome and cell["message"] in outcome and str(cell.get("code", "")) in outcome
    assert rows == {}


def test_where_names_each_level_of_each_database():
    places = [
        ("sqlite", "SERIALIZABLE, sends BEGIN, no WAL"),
        ("sqlite", "READ UNCOMMITTED, sends BEGIN, WAL"),
        ("mariadb", "SERIALIZABLE"),
    ]
    everywhere = [("postgresql", level) for level in DATA["postgresql"]["cells"]]
    assert DRAW["where"](places + everywhere, DATA) == [
        ("SQLite", ["SERIALIZABLE, sends BEGIN, no WAL", "READ UNCOMMITTED, sends BEGIN, WAL"]),
        ("PostgreSQL", []),
        ("MariaDB", ["SERIALIZABLE"]),
    ]
    said = words("isolation", "en")
    found = DRAW["level"]("SERIALIZABLE, sends BEGIN, no WAL", said)
    assert found == "SERIALIZABLE (sends BEGIN, no WAL)"


def test_a_program_stands_below_the_definitions_that_it_needs():
    names = "rich = 1\nhow_many_rich = rich\nrich_1 = 2"
    assert DRAW["definitions"]("a.scalar(how_many_rich)", names) == ["rich = 1", "how_many_rich = rich"]
    assert DRAW["definitions"]("a.commit()", names) == []
