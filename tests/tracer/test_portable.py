"""The projection keeps what every database does alike, and nothing that databases do in their own ways."""

import copy

import pytest

from tracer.portable import DRIVER_MESSAGE, portable
from tracer.recording import Recording, Step

INSERT = {"event": "sql", "connection": "c1", "sql": "INSERT INTO author (name) VALUES (?)", "reason": "flush"}
SELECT = {"event": "sql", "connection": "c1", "sql": "SELECT author.id FROM author", "reason": "query"}
FAILURE = {"event": "exception", "type": "IntegrityError", "cause": "X", "message": "(sqlite3.X) UNIQUE failed"}


def of(*events, **changes):
    step = Step((1, 1), "statement", events=list(events), changes=changes)
    return portable(Recording("x.py", "2.1", "3.13", steps=[step]))


SAME = {
    "the wording": ([SELECT], [SELECT | {"sql": 'SELECT "author".id AS author_id FROM "author"'}]),
    "RETURNING and parameters": ([INSERT], [INSERT | {"sql": "INSERT INTO author (name) VALUES (%s) RETURNING id"}]),
    "how many INSERTs carry rows": ([INSERT, INSERT, INSERT], [INSERT]),
    "the pool": ([{"event": "checkout", "connection": "c1"}, SELECT], [SELECT]),
    "row counts": ([INSERT | {"rows": 1}], [INSERT]),
    "the text of an error": ([FAILURE], [FAILURE | {"message": "(psycopg.Y) duplicate key", "cause": "Y"}]),
    "a printed error": (
        [FAILURE, {"event": "output", "text": "no: UNIQUE failed\n"}],
        [FAILURE | {"message": "(psycopg.Y) duplicate key"}, {"event": "output", "text": "no: duplicate key\nDETAIL"}],
    ),
    "a printed error with its class": (
        [FAILURE, {"event": "output", "text": "(sqlite3.X) UNIQUE failed\n"}],
        [FAILURE | {"message": "(psycopg.Y) twice"}, {"event": "output", "text": "(psycopg.Y) twice\n"}],
    ),
}
OTHER = {
    "the table": ([SELECT], [SELECT | {"sql": "SELECT book.id FROM book"}]),
    "the reason": ([SELECT], [SELECT | {"reason": "refresh"}]),
    "how many SELECTs": ([SELECT, SELECT], [SELECT]),
    "a failure": ([INSERT | {"error": "X"}], [INSERT]),
    "the end of the transaction": (
        [{"event": "commit", "connection": "c1"}],
        [{"event": "rollback", "connection": "c1"}],
    ),
    "the type of an error": ([FAILURE], [FAILURE | {"type": "OperationalError"}]),
    "what was printed": ([{"event": "output", "text": "1\n"}], [{"event": "output", "text": "2\n"}]),
}


@pytest.mark.parametrize("what", SAME)
def test_left_out(what):
    one, other = SAME[what]
    assert of(*copy.deepcopy(one)) == of(*copy.deepcopy(other))


@pytest.mark.parametrize("what", OTHER)
def test_kept(what):
    one, other = OTHER[what]
    assert of(*copy.deepcopy(one)) != of(*copy.deepcopy(other))


@pytest.mark.parametrize("kind", ["objects", "sessions", "names", "tables"])
def test_changes_are_kept(kind):
    assert of(**{kind: {"x": 1}}) != of(**{kind: {"x": 2}})


def test_connections_are_left_out():
    assert of(connections={"c1": "open"}) == of(connections={"c1": "taken"})


def test_the_drivers_message_is_named_as_such():
    events = of(FAILURE, {"event": "output", "text": "sorry: UNIQUE failed\n"})[1]["events"]
    assert events[-1]["text"] == f"sorry: {DRIVER_MESSAGE}"
