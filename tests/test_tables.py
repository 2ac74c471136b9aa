"""Tables and the map say what recordings and computed data hold, in both languages; what does not fit is one line."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET

import pytest
from sqlalchemy.orm import Session

from tests.conftest import replace
from tools import checks, comparison, computed, references, summaries, tables, transition_map
from tools.figures import SVG
from tools.house import ROOT, House
from tools.pages import LANGUAGES
from tools.programs import apart
from tools.tables import Table, TableError
from tracer.listeners import CHANGES
from tracer.recording import STATES
from tracer.words import WORDS

EXACT = not comparison.here()
REFERENCES = House().references
EDGES = summaries.data("transitions")["edges"]
# Methods of a Session that are not about an object: tried nowhere.
OTHERS = {
    *("begin", "prepare", "in_transaction", "in_nested_transaction", "get_transaction", "get_nested_transaction"),
    *("bind_mapper", "bind_table", "get_bind", "connection_callable", "execution_options"),
    *("bulk_insert_mappings", "bulk_update_mappings", "identity_key", "object_session"),
}


@pytest.fixture(scope="module")
def results():
    return dict(apart(references.computed_text, REFERENCES))


@pytest.mark.skipif(not EXACT, reason="data are compared on SQLite and SQLAlchemy 2.1 only")
@pytest.mark.parametrize("program", REFERENCES, ids=lambda path: path.stem)
def test_the_data_beside_a_program_are_what_it_computes(program, results):
    assert isinstance(results[program], str), results[program]
    path = program.with_suffix(".json")
    if not path.exists() or not references.same_data(path.read_text("utf-8"), results[program]):
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


@pytest.mark.skipif(comparison.here() != "sqlalchemy-2.0", reason="compares SQLAlchemy 2.0 with the data of 2.1")
@pytest.mark.parametrize("name", ["matrix", "cascades", "loading", "isolation"])
def test_the_big_tables_are_the_same_on_2_0(name):
    program = ROOT / "snippets" / "reference" / f"{name}.py"
    ((_, found),) = apart(references.computed_text, [program])
    assert isinstance(found, str), found
    assert references.same_data(program.with_suffix(".json").read_text("utf-8"), found), f"{name} differs on 2.0"


# What the transitions hold.


def test_every_event_and_every_state_appears():
    assert {name for edge in EDGES for name in edge["events"]} == set(CHANGES)
    assert {state for edge in EDGES for state in (edge["from"], edge["to"])} == {*STATES, "new"}


@pytest.mark.skipif("sqlalchemy" in comparison.here(), reason="the methods are those of the default version")
def test_every_method_that_could_move_an_object_was_tried():
    found = json.dumps(summaries.data("transitions"))
    methods = [name for name in dir(Session) if not name.startswith("_") and callable(getattr(Session, name))]
    assert [name for name in methods if f"`{name}(" not in found and name not in OTHERS] == []


# Tables.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", summaries.TABLES)
def test_a_table_has_headings_for_columns_and_rows(name, language):
    root = ET.fromstring(summaries.draw(name, language).replace("<wbr>", "").replace("<br>", "<br/>"))
    table = root.find("table")
    columns = table.findall("thead/tr/th[@scope='col']")
    assert all("".join(cell.itertext()) for cell in columns)
    for row in table.findall("tbody/tr"):
        assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(columns) - 1)
        assert row[0].get("scope") == "row"


def test_the_summaries_say_what_they_said():
    cells = {row[0]: row[1:] for row in summaries.flush_versus_commit().rows}
    assert cells["your changes"] == ["sent", "sent, then `COMMIT`"]
    assert cells["other connections"] == ["see nothing", "see the row"]
    assert cells["what you loaded"] == ["stays loaded", "expires"]
    flushes = {row[0]: row[1:] for row in summaries.autoflush().rows}
    assert flushes["a lazy load"] == ["yes", "yes"]
    assert flushes["`execute(text(…))`"] == ["yes", "no"]
    assert flushes["`add()`"] == ["no", "no"]
    assert [row[0] for row in summaries.five_states().rows] == [f"{{{state}}}" for state in STATES]
    assert [row[1] for row in summaries.rollback().rows] == ["{persistent}"] * 3 + ["{transient}"] * 2


def test_no_chinese_is_left_without_its_english():
    said = {name: set(tables.phrases(summaries.table(name))) for name in summaries.TABLES}
    said["transitions"] |= {*transition_map.LEGEND, *(call for edge in EDGES for call in edge["calls"])}
    said["everywhere"] = {phrase for phrases in said.values() for phrase in phrases}
    known = tomllib.loads(tables.LABELS.read_text("utf-8"))
    del known["matrix"]  # test_state_matrix.py looks at these
    del known["differs"]  # and test_versions.py at these
    del known["cascades"], known["loading"], known["isolation"]  # and test_reference_tables.py at these
    for section, labels in known.items():
        assert labels.keys() - said.get(section, set()) == set(), (
            f"delete these lines of [{section}] in {tables.LABELS.name}"
        )


@pytest.fixture
def snippets(tmp_path):
    """One story with its recording, and computed data, that tests may break."""
    for name in ("start/three_calls.py", "start/three_calls.trace.jsonl", "reference/transitions.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "snippets" / name, tmp_path / name)
    return tmp_path


STORY = "start/three_calls.py"


def break_recording(snippets):
    (snippets / "start" / "three_calls.trace.jsonl").write_text("{}\n", "utf-8")


def break_data(snippets):
    (snippets / "reference" / "transitions.json").write_text("{", "utf-8")


@pytest.mark.parametrize(
    ("ruin", "read", "said"),
    [
        (None, lambda s: summaries.Told("x/y.py", s), "snippets/x/y.py: is read by a table and is gone; mend tools/"),
        (
            lambda s: (s / "start" / "three_calls.trace.jsonl").unlink(),
            lambda s: summaries.Told(STORY, s),
            f"snippets/{STORY}: has no recording; run make record STORY={STORY}",
        ),
        (break_recording, lambda s: summaries.Told(STORY, s), "not a recording"),
        (None, lambda s: summaries.Told(STORY, s).at("fly()"), f"snippets/{STORY}: does not say 'fly()' any more"),
        (
            None,
            lambda s: summaries.Told(STORY, s).at("session.commit()", 3),
            f"snippets/{STORY}: does not say 'session.commit()' 3 times; mend tools/summaries.py",
        ),
        (
            None,
            lambda s: summaries.Told(STORY, s).at("session.commit()").object("nobody"),
            "'nobody' is not recorded there; mend tools/summaries.py",
        ),
        (
            lambda s: (s / "reference" / "transitions.json").unlink(),
            lambda s: summaries.data("transitions", s),
            "snippets/reference/transitions.json: is missing; run make record STORY=reference/transitions",
        ),
        (break_data, lambda s: summaries.data("transitions", s), "snippets/reference/transitions.json: is no JSON"),
        (
            None,
            lambda s: summaries.table("x"),
            "there is no table 'x': name one of autoflush, five-states, flush-versus-commit,",
        ),
        (None, lambda s: computed.draw("map", "x", "words", "en"), "there is no map 'x': name transitions"),
        (None, lambda s: computed.draw("map", "transitions", "", "en"), "write them inside the fence"),
        (
            None,
            lambda s: tables.html(Table(["a", "fish"], [["b"]]), "t", "en"),
            "table 't': 1 cells below 2 headings; mend its row",
        ),
        (
            None,
            lambda s: tables.html(Table(["fish"], []), "t", "zh"),
            "snippets/reference/chinese.toml: has no Chinese for 'fish' of 't': add a line below [t]",
        ),
        (None, lambda s: tables.marked("{lost}", "en"), "'{lost}': there is no state 'lost'; name one of transient,"),
    ],
)
def test_what_does_not_fit_is_one_line(snippets, ruin, read, said):
    if ruin:
        ruin(snippets)
    with pytest.raises(TableError) as failure:
        read(snippets)
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)


def test_both_languages_have_the_same_tables(house):
    for path in (house.english, house.chinese):
        path.write_text(path.read_text("utf-8") + '\n```table name="rollback"\n```\n', "utf-8")
    assert list(checks.check_same_shape(House(house.root))) == []
    replace(house.chinese, 'name="rollback"', 'name="five-states"')
    (problem,) = checks.check_same_shape(House(house.root))
    assert "computed of section 'more' differ" in str(problem)


def test_a_table_that_cannot_be_drawn_is_a_problem_of_its_page(house):
    for path in (house.english, house.chinese):
        path.write_text(path.read_text("utf-8") + '\n```table name="none"\n```\n', "utf-8")
    problems = [str(problem) for problem in checks.check_computed(House(house.root))]
    assert len(problems) == 2
    assert all("there is no table 'none'" in problem for problem in problems)


# The map.


def drawn(language="en"):
    return ET.fromstring(transition_map.svg(language, "words"))


def test_the_map_has_exactly_the_edges_of_the_data():
    edges = {(edge["from"], edge["to"]) for edge in EDGES if edge["from"] != edge["to"]}
    assert {tuple(found.get("data-edge").split()) for found in drawn().iter() if found.get("data-edge")} == edges


def test_an_edge_is_dashed_where_no_event_fires():
    fires = {(edge["from"], edge["to"]) for edge in EDGES if edge["events"]}
    for found in drawn().findall(f"{{{SVG}}}g[@data-edge]"):
        dashed = found.find(f"{{{SVG}}}path").get("stroke-dasharray") is not None
        assert dashed == (tuple(found.get("data-edge").split()) not in fires)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_every_state_in_its_shape(language):
    texts = [text.text for text in drawn(language).iter(f"{{{SVG}}}text")]
    styles = (ROOT / "tracer" / "static" / "stepper.css").read_text("utf-8")
    for state in STATES:
        assert WORDS[language][state] in texts
        assert transition_map.SHAPES[state] in texts
        shape = transition_map.SHAPES[state]
        assert re.search(rf'\.state-{state}\b[^{{]*::before {{ content: "{shape}"', styles), state


def test_the_first_call_of_every_edge_is_named():
    for ends, edge in transition_map.edges().items():
        place = transition_map.PLACES[ends]
        said = "".join(text.text for text in transition_map.label(edge, place, "en"))
        names = [transition_map.short(call, "en")[0].replace(" ", "") for call in edge.calls]
        assert any(name in said.replace(" ", "") for name in names), ends
        assert (transition_map.MORE in said) == (
            not all(name in said.replace(" ", "").replace(",", "") for name in set(names))
        ), ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_lies_on_a_line_or_on_another(language):
    texts, boxes = [], [(x, y, x + w, y + h) for x, y, w, h in transition_map.BOXES.values()]
    for ends, edge in transition_map.edges().items():
        texts += transition_map.label(edge, transition_map.PLACES[ends], language)
    lines = [
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for place in transition_map.PLACES.values()
        for (x0, y0), (x1, y1) in zip(place.points, place.points[1:], strict=False)
    ]

    def meet(a, b):
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    for number, text in enumerate(texts):
        left, top, right, bottom = text.box
        assert left >= 0 and right <= transition_map.WIDTH and top >= 0 and bottom <= transition_map.HEIGHT, text
        for other in (*lines, *boxes, *(later.box for later in texts[number + 1 :])):
            assert not meet(text.box, other), (
                f"'{text.text}' lies on {other}: move its label in tools/transition_map.py"
            )


def test_labels_are_large_enough_on_a_phone():
    assert transition_map.SIZE >= 12 and transition_map.WIDTH <= 352  # a phone of 360 px shows it at its own size


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda edges: [*edges, {**edges[0], "to": "deleted"}], "new → deleted has no place in the drawing"),
        (lambda edges: [edge for edge in edges if edge["from"] != "detached"], "is drawn, but not in the data"),
    ],
)
def test_data_and_places_that_differ_are_one_line(monkeypatch, change, said):
    monkeypatch.setattr(transition_map, "data", lambda name: {"edges": change(EDGES)})
    with pytest.raises(TableError, match=re.escape(said)) as failure:
        transition_map.svg("en", "words")
    assert "\n" not in str(failure.value)


def test_the_fences_stand_in_the_built_pages(site):
    for language, folder in (("en", site), ("zh", site / "zh")):
        html = (folder / "states" / "transitions" / "index.html").read_text("utf-8")
        assert html.count('<div class="computed"') == 3, language
        assert '<figure class="figure figure-map"' in html
        assert " style=" not in html
