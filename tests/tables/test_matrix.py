"""Cascades, loading and isolation: the data hold on every database that they speak of, and the tables show them all."""

import json
import re
import shutil
import xml.etree.ElementTree as ET

import pytest

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.run import table_data, variants
from tools.run.sandbox import apart
from tools.site.inline_svg import SVG
from tools.tables import cascade_tables, isolation_tables, loading_tables, registry, table, transition_tables
from tools.tables.isolation_tables import DATABASES
from tools.tables.matrix import Language
from tools.tables.table import TableError
from tools.tables.transition_tables import data
from tracer.locale import words as tracer_words

REFERENCES = ROOT / "snippets" / "reference"
PLACE = variants.here()
CASCADES, LOADING = data("cascades"), data("loading")
ISOLATION = {database: data(file) for database, file in DATABASES.items()}
ANOMALIES = list(ISOLATION["sqlite"]["anomalies"])
NAMES = [
    *("cascades", "cascades-mappings", *(f"cascades-{one}" for one in CASCADES["operations"]), "loading"),
    *("isolation-names", "isolation-databases", *(f"isolation-{one}" for one in (*DATABASES, *ANOMALIES))),
]
both = pytest.mark.parametrize("language", LANGUAGES)


# The data.


def computed_now(program):
    ((_, found),) = apart(table_data.computed_text, [REFERENCES / f"{program}.py"])
    assert isinstance(found, str), found
    return json.loads(found)


def quiet(found):
    """Without what another version may word otherwise: the server's name, the messages of its driver."""
    cells = {
        level: {name: {key: told for key, told in cell.items() if key != "message"} for name, cell in row.items()}
        for level, row in found["cells"].items()
    }
    return found | {"server": "", "cells": cells}


@pytest.mark.parametrize("database", variants.DATABASES)
def test_the_isolation_of_a_server_is_what_its_data_say(database):
    if database != PLACE:
        pytest.skip(f"needs a server and SQLAlchemy 2.1: DATABASE_URL names none of {database}")
    assert quiet(computed_now("isolation")) == quiet(ISOLATION[database])


@pytest.mark.skipif(PLACE not in variants.DATABASES, reason="needs a server; SQLite's are compared in test_tables.py")
@pytest.mark.parametrize("program", ["cascades", "loading"])
def test_cascades_and_loading_are_the_same_on_a_server(program):
    assert computed_now(program) == data(program)


def test_data_that_differ_in_the_server_alone_are_the_same():
    before = (REFERENCES / "isolation.json").read_text("utf-8")
    assert table_data.same_data(before, re.sub('"server": ".*"', '"server": "SQLite 9.9"', before))
    assert not table_data.same_data(before, before.replace("SQLITE_BUSY", "SQLITE_FULL"))


def test_on_a_server_only_what_differs_has_data_of_its_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mariadb+pymysql://root@127.0.0.1/test")
    assert table_data.data_path(REFERENCES / "isolation.py").name == "isolation.mariadb.json"
    assert table_data.data_path(REFERENCES / "loading.py").name == "loading.json"
    monkeypatch.setenv("DATABASE_URL", "sqlite:///library.db")
    assert table_data.data_path(REFERENCES / "isolation.py").name == "isolation.json"


def test_every_database_has_every_cell():
    for found in ISOLATION.values():
        assert found["anomalies"] == ISOLATION["sqlite"]["anomalies"]
        assert all([*row] == ANOMALIES for row in found["cells"].values())
    assert len(CASCADES["cells"]) == 12
    assert all([*row] == [*CASCADES["operations"]] for row in CASCADES["cells"].values())
    assert len(CASCADES["operations"]) == 15
    assert len(LOADING["cells"]) == 10


# What the pages say of them.


def test_the_session_never_saves_a_book_through_its_author_attribute():
    assert {row["set-parent"]["book"] for row in CASCADES["cells"].values()} == {"transient"}


def test_a_query_of_one_object_never_shows_a_change():
    for found in ISOLATION.values():
        assert not any(row["through-the-identity-map"]["happened"] for row in found["cells"].values())
        assert not any(row["added-up-in-sql"]["happened"] for row in found["cells"].values())


def test_sqlite_that_has_read_is_refused_without_waiting():
    for level in ("SERIALIZABLE", "READ UNCOMMITTED"):
        refused = [cell for cell in ISOLATION["sqlite"]["cells"][level].values() if "error" in cell]
        assert len(refused) == 6 and not any(cell["waits"] for cell in refused)


# The tables.


def drawn(name, language):
    html = transition_tables.draw(name, language)
    return ET.fromstring(f"<div>{html.replace('<wbr>', '')}</div>")


def text(element):
    return "".join(element.itertext()).replace("\u00ad", "")


@both
@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_a_caption_and_headings(name, language):
    for each in drawn(name, language).iter("table"):
        assert text(each.find("caption")).strip()
        columns = each.findall("thead/tr/th[@scope='col']")
        assert all(text(cell).strip() for cell in columns)
        for row in each.findall("tbody/tr"):
            assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(columns) - 1)
            assert row[0].get("scope") == "row"
            assert all(text(cell).strip() for cell in row)
    assert " style=" not in transition_tables.draw(name, language)


@both
def test_the_matrix_of_cascades_shows_every_cell(language):
    table = drawn("cascades", language).find("table")
    rows = table.findall("tbody/tr")
    for row, operation in zip(rows, CASCADES["operations"], strict=True):
        assert row.find("th/a").get("href") == f"#{operation}"
        for cell, letter in zip(row.findall("td"), CASCADES["cells"], strict=True):
            data = CASCADES["cells"][letter][operation]
            assert text(cell.find("b/i")) == tracer_words(language)[data["book"]]
            assert cell.find("b").get("class") == f"state-{data['book']}"
            marks = "".join(text(small) for small in cell.findall("small"))
            assert marks == "".join(cascade_tables.MARKS[sign] for sign in cascade_tables.signs(data))


@both
@pytest.mark.parametrize("operation", CASCADES["operations"])
def test_an_operation_shows_every_mapping_once_with_its_cell(operation, language):
    section = drawn(f"cascades-{operation}", language).find("section")
    assert section.get("id") == operation
    assert text(section.find("table/caption")) == CASCADES["operations"][operation]["program"]
    letters = list(CASCADES["cells"])
    shown = {}
    for row in section.findall("table/tbody/tr"):
        for part in re.split("[,、] ?", text(row[0])):
            first, _, last = part.partition("–")
            for letter in letters[letters.index(first) : letters.index(last or first) + 1]:
                shown[letter] = row
    assert sorted(shown) == letters
    for letter, row in shown.items():
        cell = CASCADES["cells"][letter][operation]
        assert row[1].find("b").get("class") == f"state-{cell['book']}"
        assert ("author_id=" in text(row[1])) == ("key" in cell)
        assert ("author_id=NULL" in text(row[1])) == (cell.get("key", 1) is None)
        sent = row[2].find("code") if "sent" in cell else None
        assert (text(sent).splitlines() if sent is not None else None) == cell.get("sent")
        for kind in ("error", "warning"):
            assert (cell[kind]["type"] in text(row[2])) if kind in cell else True


def test_neighboring_letters_stand_together():
    assert cascade_tables.runs(["A", "C", "D", "E", "G", "H"], list("ABCDEFGH")) == ["A", "C–E", "G", "H"]


@both
def test_loading_shows_every_number(language):
    rows = drawn("loading", language).findall("section/table/tbody/tr")
    shown = [[text(cell) for cell in row.findall("td")] for row in rows]
    assert shown == [
        [str(cell[what]) for cell in cells.values()]
        for cells in LOADING["cells"].values()
        for what in ("statements", "rows")
    ]


@both
def test_the_chart_draws_every_strategy_on_the_line_of_its_numbers(language):
    svg = drawn("loading", language).find(f"figure/{{{SVG}}}svg")
    assert svg.get("role") == "img" and svg.get("aria-label")
    lines = loading_tables.lines(LOADING)
    groups = {group.get("class"): group for group in svg.findall(f"{{{SVG}}}g[@class]")}
    assert len(groups) == len(lines)
    say = Language("loading", language).plain
    for numbers, strategies in lines.items():
        group = groups[f"chart-{strategies[0]}"]
        assert len(group.findall(f"{{{SVG}}}circle")) == len(numbers)
        heights = [float(circle.get("cy")) for circle in group.findall(f"{{{SVG}}}circle")]
        assert [a > b for a, b in zip(heights, heights[1:], strict=False)] == [
            a < b for a, b in zip(numbers, numbers[1:], strict=False)
        ]
        label = "".join(text(line) for line in group.findall(f"{{{SVG}}}text")).replace(" ", "")
        for strategy in strategies:
            assert say(LOADING["strategies"][strategy]["title"]).replace("`", "").replace(" ", "") in label
    for words in svg.iter(f"{{{SVG}}}text"):
        assert 0 <= float(words.get("x")) <= loading_tables.WIDTH
        assert 0 < float(words.get("y")) <= loading_tables.HEIGHT


@both
@pytest.mark.parametrize("database", DATABASES)
def test_the_levels_of_a_database_show_every_cell(database, language):
    say = Language("isolation", language).say
    found = ISOLATION[database]
    rows = drawn(f"isolation-{database}", language).findall("section/table/tbody/tr")
    for row, anomaly in zip(rows, ANOMALIES, strict=True):
        assert row.find("th/a").get("href") == f"#{anomaly}"
        for cell, level in zip(row.findall("td"), found["cells"], strict=True):
            data = found["cells"][level][anomaly]
            if "error" in data:
                assert text(cell) == f"{say('waits' if data.get('waits') else 'refused')} {data['line']}"
            else:
                assert text(cell) == (say("yes") if data["happened"] else "–")


@both
@pytest.mark.parametrize("anomaly", ANOMALIES)
def test_an_anomaly_shows_its_lines_and_each_outcome_with_its_levels(anomaly, language):
    words = Language("isolation", language)
    table = drawn(f"isolation-{anomaly}", language).find("section/table")
    program = ISOLATION["sqlite"]["anomalies"][anomaly]["program"]
    assert [text(line) for line in table.findall("caption/ol/li")] == program.splitlines()
    groups = {}
    for database, found in ISOLATION.items():
        for level, row in found["cells"].items():
            told = tuple(row[anomaly].get(key) for key in ("happened", "line", "waits", "error"))
            groups.setdefault(told, []).append(((database, level), row[anomaly]))
    rows = {re.sub(r"<.?td>", "", ET.tostring(row[1], "unicode")).replace(" />", "/>"): row[0] for row in table[2]}
    for (happened, line, waits, error), places in groups.items():
        outcome = text(rows.pop(isolation_tables._where([place for place, _ in places], ISOLATION, words)))
        if error is None:
            assert outcome == words.say("happens" if happened else "does not happen")
            continue
        assert outcome.startswith(words.say(f"line {{}} {'waits for a lock' if waits else 'is refused'}", str(line)))
        for _, cell in places:
            assert error in outcome and cell["message"] in outcome and str(cell.get("code", "")) in outcome
    assert rows == {}


# Errors and anchors.


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "cascades-eat",
            "there is no table 'cascades-eat': name cascades, or one of cascades-mappings, cascades-add-new",
        ),
        ("loading-eat", "there is no table 'loading-eat': name loading"),
        ("isolation-eat", "there is no table 'isolation-eat': name one of isolation-names, isolation-databases"),
    ],
)
def test_a_table_that_is_not_there_is_one_line(name, said):
    with pytest.raises(TableError, match=re.escape(said)) as failure:
        transition_tables.draw(name, "en")
    assert "\n" not in str(failure.value)


def test_a_cell_that_is_missing_is_one_line(monkeypatch):
    broken = json.loads(json.dumps(CASCADES))
    del broken["cells"]["C"]["merge"]
    monkeypatch.setattr(transition_tables, "data", lambda name: broken)
    with pytest.raises(TableError, match="table 'cascades' shows 'merge', which was not computed: run make record"):
        registry.draw("table", "cascades", "", "en")


def test_a_line_without_a_place_in_the_chart_is_one_line():
    cells = {"new": {"1": {"statements": 7}}}
    with pytest.raises(
        TableError, match="the line of 'new' has no label in the drawing; mend tools/tables/loading_tables.py"
    ):
        loading_tables.lines({"cells": cells})


def test_a_phrase_without_chinese_is_one_line(tmp_path, monkeypatch):
    labels = tmp_path / "chinese.toml"
    shutil.copy(table.LABELS, labels)
    labels.write_text(labels.read_text("utf-8").replace('"copies the author only"', '"x"'), "utf-8")
    monkeypatch.setattr(table.said, "__defaults__", ("everywhere", labels))
    with pytest.raises(TableError, match="has no Chinese for 'copies the author only' of 'cascades'"):
        transition_tables.draw("cascades-merge", "zh")


def test_links_may_lead_to_an_operation_and_to_its_outcomes():
    assert registry.anchors("table", "cascades-expunge") == {"expunge", "expunge-a", "expunge-e"}
    assert registry.anchors("table", "cascades") == set()
    html = transition_tables.draw("cascades-expunge", "en")
    assert set(re.findall(' id="(.*?)"', html)) == {"expunge", "expunge-a", "expunge-e"}


def test_no_chinese_is_left_without_its_english(monkeypatch):
    used = {}
    say = table.said

    def note(phrase, language, table="everywhere", labels=table.LABELS):
        used.setdefault(table, set()).add(phrase)
        return say(phrase, language, table, labels)

    monkeypatch.setattr("tools.tables.matrix.said", note)
    for name in NAMES:
        transition_tables.draw(name, "zh")
    known = table._labels(table.LABELS)
    for section in ("cascades", "loading", "isolation"):
        assert known[section].keys() - used[section] == set(), f"delete these lines of [{section}] in chinese.toml"


@both
def test_pages_show_every_table(language):
    shown = "".join(
        (ROOT / "docs" / language / f"{page}.md").read_text("utf-8")
        for page in ("reference/cascades", "relationships/loading", "flush-and-commit/isolation")
    )
    assert [name for name in NAMES if f'```table name="{name}"' not in shown] == []


def test_where_names_each_level_of_each_database():
    words = Language("isolation", "en")
    places = [
        ("sqlite", "SERIALIZABLE, rollback journal"),
        ("sqlite", "READ UNCOMMITTED"),
        ("mariadb", "SERIALIZABLE"),
    ]
    everywhere = [("postgresql", level) for level in ISOLATION["postgresql"]["cells"]]
    assert isolation_tables._where(places + everywhere, ISOLATION, words) == (
        "<b>SQLite</b>: SERIALIZABLE with rollback journal, READ UNCOMMITTED<br/>"
        "<b>PostgreSQL</b>: all levels<br/><b>MariaDB</b>: SERIALIZABLE"
    )
