"""What differs between SQLAlchemy 2.0 and 2.1 is as recorded and computed, and the tables say all of it."""

import copy
import json
import re
import shutil
import tomllib
import xml.etree.ElementTree as ET

import pytest

from tools.checks import check
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, SUFFIX, Repository
from tools.run import compare, recordings, table_data, variants, version_differences
from tools.run.sandbox import ProgramFailed, apart
from tools.tables import changes, stepper, summaries, table
from tools.tables.table import TableError
from tracer.recording import Recording, Step, load

ON_2_0 = pytest.mark.skipif(
    variants.here() != version_differences.HERE, reason="computed on SQLite and SQLAlchemy 2.0 only"
)
REMEDY = "run .venv-2.0/bin/python -m tools.commands.record and read the change"
STORIES = Repository().stories
FOUND = json.loads(version_differences.DATA.read_text("utf-8"))
LIST = tomllib.loads((changes.REFERENCE / "changes.toml").read_text("utf-8"))
TABLES = (*(f"changes-{area}" for area in changes.AREAS), "changes-doubts", "changes-from-1x")
DIFFERING = [story for story in STORIES if variants.declared(story)]


# The comparison of the stories.


@ON_2_0
def test_the_stories_differ_as_computed():
    try:
        computed = version_differences.computed_text(STORIES)
    except ProgramFailed as failure:
        pytest.fail(str(failure), pytrace=False)
    if computed != version_differences.DATA.read_text("utf-8"):
        pytest.fail(f"snippets/reference/versions.json is not what the stories do; {REMEDY}", pytrace=False)


@ON_2_0
def test_the_changes_on_2_0_are_as_computed():
    program = ROOT / "snippets" / "reference" / "changes.py"
    ((_, result),) = apart(table_data.computed_text, [program])
    if result != table_data.data_path(program).read_text("utf-8"):
        pytest.fail(f"snippets/reference/changes.2.0.json is not what changes.py computes; {REMEDY}", pytrace=False)


def test_every_line_that_differs_is_still_in_its_story():
    for line in FOUND["lines"]:
        story = ROOT / "snippets" / line["story"]
        assert story.exists(), f"{line['story']} is gone; {REMEDY}"
        said = story.read_text("utf-8").splitlines()[line["line"] - 1].strip()
        assert said == line["code"], f"{line['story']}:{line['line']} has changed; {REMEDY}"


def test_every_story_that_differs_declares_it():
    assert {line["story"] for line in FOUND["lines"]} == {
        "/".join(story.parts[-2:]) for story in STORIES if version_differences.HERE in variants.declared(story)
    }


def recording(*events, lines=(3, 3), **changes):
    return Recording("a.py", "2.1", "3.13", steps=[Step(lines, "statement", events=list(events), changes=changes)])


def sql(text, **more):
    return {"event": "sql", "connection": "c1", "sql": text, **more}


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "chapter" / "a.py"
    path.parent.mkdir()
    path.write_text("# --- story\nx = 1\nx.load()\n")
    return path


NEW = sql("SELECT a.id, a.name FROM a", reason="lazy load A.b")
OLD = sql("SELECT a.id AS a_id, a.name AS a_name FROM a", reason="lazy load A.b")


def test_aliases_are_counted_by_who_sent_them(story):
    told = version_differences.compute(
        [(story, recording(NEW, NEW), recording(OLD, OLD)), (story, recording(NEW), recording(NEW))]
    )
    assert told["stories"] == {"same": 1, "aliases": 1, "differ": 0}
    assert told["aliases"]["lazy load"] == {"statements": 2, "stories": 1}
    assert told["lines"] == []


def test_links_in_messages_do_not_count(story):
    warning = {"event": "warning", "category": "SAWarning", "text": "see https://sqlalche.me/e/21/abcd"}
    before = warning | {"text": "see https://sqlalche.me/e/20/abcd"}
    assert version_differences.compute([(story, recording(warning), recording(before))])["stories"]["same"] == 1


def test_what_an_exception_says_does_not_count(story):
    error = {"event": "exception", "type": "MissingGreenlet", "message": "can't call await_() here"}
    before = error | {"message": "can't call await_only() here"}
    assert version_differences.compute([(story, recording(error), recording(before))])["stories"]["same"] == 1


@pytest.mark.parametrize(
    ("event", "phrase"),
    [
        (sql("INSERT INTO a VALUES (1)"), "`INSERT a`"),
        ({"event": "commit", "connection": "c1"}, "`COMMIT`"),
        ({"event": "state", "change": "pending_to_persistent", "objects": []}, "{pending} → {persistent}"),
        ({"event": "state", "change": "loaded_as_persistent", "objects": []}, "`loaded_as_persistent`"),
        ({"event": "warning", "category": "SAWarning", "text": ""}, "`SAWarning`"),
        ({"event": "exception", "type": "TypeError", "message": ""}, "`TypeError`"),
        ({"event": "output", "text": "one\n"}, "`one`"),
    ],
)
def test_a_line_that_differs_is_told(story, event, phrase):
    told = version_differences.compute([(story, recording(event), recording())])
    assert told["stories"]["differ"] == 1
    assert told["lines"] == [{"story": "chapter/a.py", "line": 3, "code": "x.load()", "2.0": [], "2.1": [phrase]}]


def test_another_state_alone_differs_too_but_not_what_follows(story):
    new, old = recording(objects={"A#1": {"state": "pending"}}), recording(objects={"A#1": {"state": "detached"}})
    assert len(version_differences.compute([(story, new, old)])["lines"]) == 1
    twice = [copy.deepcopy(one) for one in (new, old)]
    for one in twice:
        one.steps += [Step((2, 2), "statement", changes=one.steps[0].changes)]
    assert len(version_differences.compute([(story, *twice)])["lines"]) == 1


def test_another_number_of_steps_is_one_line(story):
    new = recording(NEW)
    new.steps *= 2
    with pytest.raises(ProgramFailed, match="chapter/a.py: has 1 steps on 2.0 and 2 on 2.1; make its lines"):
        version_differences.compute([(story, new, recording(NEW))])


# Where recordings and data lie.


def test_only_what_has_a_file_of_its_own_is_recorded_elsewhere():
    changes, matrix = (ROOT / "snippets" / "reference" / f"{name}.py" for name in ("changes", "matrix"))
    assert table_data.data_path(changes, "").name == "changes.json"
    assert table_data.data_path(changes, "sqlalchemy-2.0").name == "changes.2.0.json"
    assert table_data.data_path(matrix, "sqlalchemy-2.0").name == "matrix.json"


@pytest.mark.parametrize("story", DIFFERING, ids=lambda path: path.stem)
def test_a_story_that_differs_is_recorded_for_each_place(story):
    for place, path in variants.variants(story).items():
        assert path.exists(), f"{path.name} is missing: run tools.commands.record on {place}"
        here, there = load(story.with_suffix(SUFFIX)), load(path)
        assert here.sqlalchemy.startswith("2.1.")
        if place == version_differences.HERE:
            assert there.sqlalchemy.startswith("2.0.")
        problems = recordings.problems(story, there)
        assert not problems, "\n".join(problems)


# The tabs of a story.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", DIFFERING, ids=lambda path: path.stem)
def test_a_story_that_differs_has_a_tab_for_each_place(story, language):
    html = stepper.draw("/".join(story.parts[-2:]), language)
    places = 1 + len(compare.alike(story))
    assert html.count('<section class="stepper"') == html.count("<label for=") == html.count("<input ") == places
    assert html.count(" checked>") == 1
    ids = re.findall(r' id="?([^ ">]+)', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids)
    assert " style=" not in html


def test_every_reason_has_its_chinese_and_no_other():
    reasons = {reason for story in STORIES for reason in variants.declared(story).values()}
    assert tomllib.loads(table.LABELS.read_text("utf-8"))["differs"].keys() == reasons


def test_other_stories_have_no_tabs():
    assert "tabbed" not in stepper.draw("start/three_calls.py")


@pytest.mark.parametrize(
    ("declaration", "said"),
    [
        (
            "# differs on oracle: it may\n",
            "story.py: 'oracle' is none of postgresql, mariadb, sqlalchemy-2.0: mend 'differs on'",
        ),
        ("# differs on mariadb: it does\n", "has no recording story.mariadb.trace.jsonl; run make record STORY="),
    ],
)
def test_a_declaration_that_cannot_be_shown_is_one_line(tmp_path, monkeypatch, declaration, said):
    path = tmp_path / "chapter" / "story.py"
    path.parent.mkdir()
    path.write_text(f"{declaration}# --- story\nx = 1\n")
    path.with_suffix(SUFFIX).write_text(recording(lines=(3, 3)).dumps())
    monkeypatch.setattr(stepper, "SNIPPETS", tmp_path)
    with pytest.raises(stepper.NoSteps) as failure:
        stepper.draw("chapter/story.py")
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)


# The change list.


def parsed(name, language="en"):
    html = re.sub(r"<(wbr|br)>", "", summaries.draw(name, language)).replace("colspan=2", 'colspan="2"')
    return ET.fromstring(html)


def test_ids_are_unique_and_areas_known():
    for entries in LIST.values():
        ids = [entry["id"] for entry in entries]
        assert len(ids) == len(set(ids))
    assert {entry["area"] for entry in LIST["change"]} == set(changes.AREAS)


@pytest.mark.parametrize("kind", LIST)
def test_both_versions_ran_every_program_and_nothing_else(kind):
    ran = {
        entry["id"]: {part for part in ("code", "old", "new") if part in entry}
        for entry in LIST[kind]
        if {"code", "old"} & entry.keys()
    }
    for outcomes in changes.Changes().outcomes.values():
        assert {key: set(parts) for key, parts in outcomes[kind].items()} == ran


def test_what_was_executed_differs_between_the_versions():
    found = changes.Changes()
    for entry in LIST["change"]:
        if "code" in entry:
            old, new = (found.outcome("change", entry, version) for version in ("2.0", "2.1"))
            assert old != new, f"changes.toml: '{entry['id']}' does the same on both: show the change, or drop its code"


def test_the_old_spellings_fail_warn_or_do_something_else():
    for entry in LIST["from_1x"]:
        old, new = (changes.Changes().outcome("from_1x", entry, "2.1", part) for part in ("old", "new"))
        assert old != new, entry["id"]
        assert not [done for done in new if "error" in done or "warning" in done], entry["id"]


def test_tables_cover_the_list():
    shown = [entry["id"] for name in TABLES for entry in changes.Changes().group(name)[1]]
    assert sorted(shown) == sorted(entry["id"] for entries in LIST.values() for entry in entries)
    pages = [page for page in Repository().all_pages if page.name == "reference/versions.md"]
    for page in pages:
        drawn = {fence.name for section in page.sections for fence in section.computed}
        assert drawn == {*TABLES, *changes.TABLES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_all_cells_of_the_data(name, language):
    found = changes.Changes()
    kind, entries = found.group(name)
    table = parsed(name, language)
    assert table.find("caption").text and len(table.findall("thead/tr/th[@scope='col']")) == 2
    bodies = table.findall("tbody")
    assert [body.get("id") for body in bodies] == [changes.PREFIXES[kind] + entry["id"] for entry in entries]
    for body, entry in zip(bodies, entries, strict=True):
        heading, *cells = ["".join(cell.itertext()) for cell in body.iter() if cell.tag in ("th", "td")]
        assert re.sub(r"`", "", entry[language]) in heading
        for number in entry.get("tickets", ()):
            assert f"#{number}" in heading
        assert ("code" in entry) == (changes.WORDS[language]["lines"] in heading)
        parts = [("2.1", "old"), ("2.1", "new")] if kind == "from_1x" else [("2.0", "code"), ("2.1", "code")]
        told = [found.outcome(kind, entry, *part) for part in parts] if cells else []
        for cell, outcome in zip(cells if len(cells) == 2 else cells * 2, told, strict=True):
            for value in (value for done in outcome for value in done.values()):
                assert value in cell, (entry["id"], value)
        assert bool(cells) == bool({"code", "old"} & entry.keys())


def test_links_of_the_list_lead_somewhere():
    repository = Repository()
    for entry in LIST["doubt"]:
        page, _, anchor = entry.get("proof", "../reference/states.md").removeprefix("../").partition("#")
        assert not anchor or anchor in repository.pages["en"][page].ids
        assert re.fullmatch(r"orm/[\w/]+\.html(#[\w.-]+)?", entry["page"])
        assert all(page in repository.pages[language] for language in LANGUAGES)
    assert "change-autoflush" in changes.anchors("changes-session")
    assert not [problem for problem in check.check_links(repository) if "reference/versions" in str(problem.path)]


@pytest.fixture
def folder(tmp_path):
    for name in ("changes.toml", "changes.json", "changes.2.0.json", "versions.json"):
        shutil.copy(changes.REFERENCE / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("changes.2.0.json", "{", "snippets/reference/changes: Expecting"),
        ("changes.json", "{}", "'autoflush' has not been run on 2.1; run make record STORY=reference/changes there"),
        ("changes.toml", "[[change", "snippets/reference/changes.toml: Expected ']]' at the end"),
    ],
)
def test_what_does_not_fit_is_one_line(folder, name, text, said):
    (folder / name).write_text(text)
    with pytest.raises(TableError) as failure:
        changes.draw("changes-session", "en", folder)
    assert said in str(failure.value) and "\n" not in str(failure.value)


def test_unknown_tables_and_missing_data_are_one_line(folder):
    with pytest.raises(TableError, match="there is no table 'changes-x': name one of changes-session,"):
        summaries.draw("changes-x", "en")
    (folder / "versions.json").unlink()
    with pytest.raises(TableError, match=r"versions.json: .*; run .venv-2.0/bin/python -m tools.commands.record"):
        changes.compared(folder)
