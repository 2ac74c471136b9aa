"""What the stories do otherwise on SQLAlchemy 2.0 is found in recordings, declared by the stories, and shown."""

import copy

import pytest

from tables.versions import compute
from tests.tables.drawing import REPOSITORY, data, element, text
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, SUFFIX
from tools.run import recordings, variants
from tools.run.sandbox import ProgramFailed
from tracer.recording import Recording, Step, load

DATA = data("versions")
ON_2_0 = "sqlalchemy-2.0"
REMEDY = "run .venv-2.0/bin/python -m tools.commands.record and read the change"
DIFFERING = [story for story in REPOSITORY.stories if variants.declared(story)]


def recording(*events, lines=(3, 3), **changes):
    return Recording("a.py", "2.1", "3.13", steps=[Step(lines, "statement", events=list(events), changes=changes)])


def sql(text, **more):
    return {"event": "sql", "connection": "c1", "sql": text, **more}


NEW = sql("SELECT a.id, a.name FROM a", reason="lazy load A.b")
OLD = sql("SELECT a.id AS a_id, a.name AS a_name FROM a", reason="lazy load A.b")


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "chapter" / "a.py"
    path.parent.mkdir()
    path.write_text("# --- story\nx = 1\nx.load()\n")
    return path


# The data and the stories.


def test_every_line_that_differs_is_still_in_its_story():
    for line in DATA["lines"]:
        story = ROOT / "snippets" / line["story"]
        assert story.exists(), f"{line['story']} is gone; {REMEDY}"
        said = story.read_text("utf-8").splitlines()[line["line"] - 1].strip()
        assert said == line["code"], f"{line['story']}:{line['line']} has changed; {REMEDY}"


def test_every_story_that_differs_declares_it():
    assert {line["story"] for line in DATA["lines"]} == {
        "/".join(story.parts[-2:]) for story in REPOSITORY.stories if ON_2_0 in variants.declared(story)
    }


@pytest.mark.parametrize("story", DIFFERING, ids=lambda path: path.stem)
def test_a_story_that_differs_is_recorded_for_each_place(story):
    for place, path in variants.variants(story).items():
        assert path.exists(), f"{path.name} is missing: run tools.commands.record on {place}"
        here, there = load(story.with_suffix(SUFFIX)), load(path)
        assert here.sqlalchemy.startswith("2.1.")
        if place == ON_2_0:
            assert there.sqlalchemy.startswith("2.0.")
        problems = recordings.problems(story, there)
        assert not problems, "\n".join(problems)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_show_every_number_and_line(language):
    stories, aliases, lines = (
        element(f"versions-{name}", language).findall("div/table/tbody/tr") for name in ("stories", "aliases", "lines")
    )
    assert [row[1].text for row in stories] == [str(number) for number in DATA["stories"].values()]
    counts = [[str(count["statements"]), str(count["stories"])] for count in DATA["aliases"].values()]
    assert [[row[1].text, row[2].text] for row in aliases] == counts
    for row, line in zip(lines, DATA["lines"], strict=True):
        assert text(row[0]) == f"{line['code']}\n{line['story'].partition('/')[2]}, {line['line']}"
        for cell, version in zip(row[1:], ("2.0", "2.1"), strict=True):
            shown = [phrase.strip("`") for phrase in line[version] if phrase.startswith("`")]
            assert [text(code) for code in cell.findall("code")] == shown


# The comparison.


def test_aliases_are_counted_by_who_sent_them(story):
    told = compute.compute([(story, recording(NEW, NEW), recording(OLD, OLD)), (story, recording(NEW), recording(NEW))])
    assert told["stories"] == {"same": 1, "aliases": 1, "differ": 0}
    assert told["aliases"]["lazy load"] == {"statements": 2, "stories": 1}
    assert told["lines"] == []


def test_links_in_messages_do_not_count(story):
    warning = {"event": "warning", "category": "SAWarning", "text": "see https://sqlalche.me/e/21/abcd"}
    before = warning | {"text": "see https://sqlalche.me/e/20/abcd"}
    assert compute.compute([(story, recording(warning), recording(before))])["stories"]["same"] == 1


def test_what_an_exception_says_does_not_count(story):
    error = {"event": "exception", "type": "MissingGreenlet", "message": "can't call await_() here"}
    before = error | {"message": "can't call await_only() here"}
    assert compute.compute([(story, recording(error), recording(before))])["stories"]["same"] == 1


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
    told = compute.compute([(story, recording(event), recording())])
    assert told["stories"]["differ"] == 1
    assert told["lines"] == [{"story": "chapter/a.py", "line": 3, "code": "x.load()", "2.0": [], "2.1": [phrase]}]


def test_another_state_alone_differs_too_but_not_what_follows(story):
    new, old = recording(objects={"A#1": {"state": "pending"}}), recording(objects={"A#1": {"state": "detached"}})
    assert len(compute.compute([(story, new, old)])["lines"]) == 1
    twice = [copy.deepcopy(one) for one in (new, old)]
    for one in twice:
        one.steps += [Step((2, 2), "statement", changes=one.steps[0].changes)]
    assert len(compute.compute([(story, *twice)])["lines"]) == 1


def test_another_number_of_steps_is_one_line(story):
    new = recording(NEW)
    new.steps *= 2
    with pytest.raises(ProgramFailed, match="chapter/a.py: has 1 steps on 2.0 and 2 on 2.1; make its lines"):
        compute.compute([(story, new, recording(NEW))])
