"""Tables and the map say what recordings and computed data hold, in both languages; what does not fit is one line."""

import json
import os
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET

import pytest
from sqlalchemy.orm import Session

from tests.conftest import replace
from tools.checks import check
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, Repository
from tools.run import table_data, variants
from tools.run.sandbox import apart
from tools.tables import registry, table, transition_map, transition_tables
from tools.tables.table import Table, TableError
from tools.tables.transition_tables import data
from tracer.listeners import CHANGES
from tracer.recording import STATES

EXACT = not variants.here()
REFERENCES = Repository().references
EDGES = data("transitions")["edges"]
# Methods of a Session that are not about an object: tried nowhere.
OTHERS = {
    *("begin", "prepare", "in_transaction", "in_nested_transaction", "get_transaction", "get_nested_transaction"),
    *("bind_mapper", "bind_table", "get_bind", "connection_callable", "execution_options"),
    *("bulk_insert_mappings", "bulk_update_mappings", "identity_key", "object_session"),
}


@pytest.fixture(scope="module")
def results():
    return dict(apart(table_data.computed_text, REFERENCES))


@pytest.mark.skipif(not EXACT, reason="data are compared on SQLite and SQLAlchemy 2.1 only")
@pytest.mark.parametrize("program", REFERENCES, ids=lambda path: path.stem)
def test_the_data_beside_a_program_are_what_it_computes(program, results):
    assert isinstance(results[program], str), results[program]
    path = program.with_suffix(".json")
    if not path.exists() or not table_data.same_data(path.read_text("utf-8"), results[program]):
        remedy = f"run make record STORY=reference/{program.stem} and read the change"
        pytest.fail(f"snippets/reference/{program.stem}.json is not what its program computes; {remedy}", pytrace=False)


@pytest.mark.skipif(not EXACT, reason="data are compared on SQLite and SQLAlchemy 2.1 only")
@pytest.mark.parametrize("program", REFERENCES, ids=lambda path: path.stem)
def test_a_program_computes_the_same_under_another_hash_seed(program, results, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", f"snippets.reference.{program.stem}"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == results[program]


@pytest.mark.skipif(variants.here() != "sqlalchemy-2.0", reason="compares SQLAlchemy 2.0 with the data of 2.1")
@pytest.mark.parametrize("name", ["matrix", "cascades", "loading", "isolation"])
def test_the_big_tables_are_the_same_on_2_0(name):
    program = ROOT / "snippets" / "reference" / f"{name}.py"
    ((_, found),) = apart(table_data.computed_text, [program])
    assert isinstance(found, str), found
    assert table_data.same_data(program.with_suffix(".json").read_text("utf-8"), found), f"{name} differs on 2.0"


# What the transitions hold.


def test_every_event_and_every_state_appears():
    assert {name for edge in EDGES for name in edge["events"]} == set(CHANGES)
    assert {state for edge in EDGES for state in (edge["from"], edge["to"])} == {*STATES, "new"}


@pytest.mark.skipif("sqlalchemy" in variants.here(), reason="the methods are those of the default version")
def test_every_method_that_could_move_an_object_was_tried():
    found = json.dumps(data("transitions"))
    methods = [name for name in dir(Session) if not name.startswith("_") and callable(getattr(Session, name))]
    assert [name for name in methods if f"`{name}(" not in found and name not in OTHERS] == []


# Tables.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", transition_tables.TABLES)
def test_a_table_has_headings_for_columns_and_rows(name, language):
    root = ET.fromstring(transition_tables.draw(name, language).replace("<wbr>", "").replace("<br>", "<br/>"))
    table = root.find("table")
    columns = table.findall("thead/tr/th[@scope='col']")
    assert all("".join(cell.itertext()) for cell in columns)
    for row in table.findall("tbody/tr"):
        assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(columns) - 1)
        assert row[0].get("scope") == "row"


def test_no_chinese_is_left_without_its_english():
    said = {name: set(table.phrases(transition_tables.table(name))) for name in transition_tables.TABLES}
    said["transitions"] |= {*transition_map.LEGEND, *(call for edge in EDGES for call in edge["calls"])}
    said["everywhere"] = {phrase for phrases in said.values() for phrase in phrases}
    known = tomllib.loads(table.LABELS.read_text("utf-8"))
    del known["matrix"]  # test_state_matrix.py looks at these
    del known["differs"]  # and test_versions.py at these
    del known["cascades"], known["loading"], known["isolation"]  # and test_reference_tables.py at these
    for section, labels in known.items():
        assert labels.keys() - said.get(section, set()) == set(), (
            f"delete these lines of [{section}] in {table.LABELS.name}"
        )


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (
            lambda: transition_tables.table("x"),
            "there is no table 'x': name one of transition-calls, transitions,",
        ),
        (lambda: registry.draw("map", "x", "words", "en"), "there is no map 'x': name transitions"),
        (lambda: registry.draw("map", "transitions", "", "en"), "write them inside the fence"),
        (
            lambda: table.html(Table(["a", "fish"], [["b"]]), "t", "en"),
            "table 't': 1 cells below 2 headings; mend its row",
        ),
        (
            lambda: table.html(Table(["fish"], []), "t", "zh"),
            "snippets/reference/chinese.toml: has no Chinese for 'fish' of 't': add a line below [t]",
        ),
        (lambda: table.marked("{lost}", "en"), "'{lost}': there is no state 'lost'; name one of transient,"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(draw, said):
    with pytest.raises(TableError) as failure:
        draw()
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)


def test_both_languages_have_the_same_tables(repository):
    for path in (repository.english, repository.chinese):
        path.write_text(path.read_text("utf-8") + '\n```table name="rollback"\n```\n', "utf-8")
    assert list(check.check_same_shape(Repository(repository.root))) == []
    replace(repository.chinese, 'name="rollback"', 'name="transitions"')
    (problem,) = check.check_same_shape(Repository(repository.root))
    assert "computed of section 'more' differ" in str(problem)


def test_a_table_that_cannot_be_drawn_is_a_problem_of_its_page(repository):
    for path in (repository.english, repository.chinese):
        path.write_text(path.read_text("utf-8") + '\n```table name="none"\n```\n', "utf-8")
    problems = [str(problem) for problem in check.check_computed(Repository(repository.root))]
    assert len(problems) == 2
    assert all("there is no table 'none'" in problem for problem in problems)


def test_the_fences_stand_in_the_built_pages(site):
    for language, folder in (("en", site), ("zh", site / "zh")):
        html = (folder / "states" / "transitions" / "index.html").read_text("utf-8")
        assert html.count('<div class="computed"') == 3, language
        assert '<figure class="figure figure-map"' in html
        assert " style=" not in html
