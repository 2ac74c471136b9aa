"""What holds at each statement of a recording is told in facts, and asked of another recording."""

import pytest

from tools.run.candidate_facts import candidates, failing
from tools.run.recordings import record_story
from tools.run.sandbox import apart
from tracer import loads

STORY = '''"""Two rows."""

from snippets.library import Author, empty_tables, engine
from sqlalchemy.orm import Session

empty_tables()

# --- story
session = Session(engine)
author = Author(name="{name}")
session.add(author)
session.{call}()
session.close()
'''


def recorded(path):
    return record_story(path, path.parents[2]).dumps()


@pytest.fixture
def recording(tmp_path):
    """Record the story with a name and a call of its own."""

    def record(name="Ursula", call="commit"):
        path = tmp_path / "snippets" / "chapter" / f"{name}_{call}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STORY.format(name=name, call=call), "utf-8")
        ((_, text),) = apart(recorded, [path])
        return loads(text)

    return record


def test_facts_of_each_statement(recording):
    said = {(one.line, one.text) for one in candidates(recording())}
    assert {
        (10, "author is transient"),
        (11, "author was transient"),
        (11, "author is in session"),
        (12, "INSERT author; COMMIT"),
        (12, "author.name is expired"),
        (12, 'others see "Ursula" in author'),
        (12, "a flush sent something"),
        (13, "author is detached"),
    } <= said
    assert (12, "author is pending") not in said


def test_those_that_fail_elsewhere(recording):
    known = candidates(recording())
    assert failing(known, recording(), {}) == []
    renamed = {known[number].text for number in failing(known, recording(name="Italo"), {})}
    assert renamed == {'author.name is "Ursula"', 'others see "Ursula" in author'}
    flushed = {(known[number].line, known[number].text) for number in failing(known, recording(call="flush"), {})}
    assert (12, "INSERT author; COMMIT") in flushed and (11, "author is in session") not in flushed


def test_lines_that_moved_are_asked_where_they_are(recording):
    known = [one for one in candidates(recording()) if one.line == 12]
    found = recording()
    assert failing(known, found, {12: 10, 10: 12})
    for step in found.steps:
        step.lines = (step.lines[0] + 1, step.lines[1] + 1)
    assert failing(known, found, {13: 12}) == []
