"""What a stop moved over the borders: into the Session, to the database, to others."""

import pytest

from tracer import locale
from tracer.crossings import crossings, is_write

INSERT = {"event": "sql", "sql": "INSERT INTO author (name) VALUES (?)"}
SELECT = {"event": "sql", "sql": "SELECT author.id FROM author"}
SAVEPOINT = {"event": "sql", "sql": "SAVEPOINT one"}
COMMIT, ROLLBACK = {"event": "commit"}, {"event": "rollback"}
LOADED = {"event": "state", "change": "loaded_as_persistent", "objects": ["Author#1"]}


def crossed(border, events=(), before=None, after=None, call="", left=False):
    """What crossed one border, None for nothing."""
    found = crossings(list(events), {"objects": before or {}}, {"objects": after or {}}, call, left, locale.words("en"))
    return found.get(border)


def author(state, session=""):
    return {"Author#1": {"state": state} | ({"session": session} if session else {})}


@pytest.mark.parametrize(
    ("before", "after", "call", "events", "expected"),
    [
        ({}, author("transient"), "", [], None),
        (author("transient"), author("pending", "s1"), "add", [], ["add()", 1]),
        (author("transient"), author("pending", "s1"), "", [], ["cascade", 1]),
        ({}, author("persistent", "s1"), "get", [SELECT, LOADED], None),
        (author("pending", "s1"), author("persistent", "s1"), "flush", [INSERT], None),
        (author("persistent", "s1"), author("detached"), "expunge", [], ["expunge()", -1]),
        (author("persistent", "s1"), author("detached"), "close", [ROLLBACK], ["close()", -1]),
        (author("pending", "s1"), author("transient"), "rollback", [ROLLBACK], None),
        (author("pending", "s1"), {"Author#1": None}, "", [], None),
    ],
)
def test_objects_come_into_a_session_and_leave_it(before, after, call, events, expected):
    assert crossed("add", events, before, after, call) == expected


@pytest.mark.parametrize(
    ("events", "call", "expected"),
    [
        ([], "flush", None),
        ([INSERT | {"reason": "flush"}], "flush", ["flush() · 1 SQL", 1]),
        ([INSERT | {"reason": "commit"}], "commit", ["commit() · 1 SQL", 1]),
        ([SELECT | {"reason": "query"}], "scalars", ["scalars() · 1 SQL", -1]),
        ([SELECT | {"reason": "query"}], "", ["query · 1 SQL", -1]),
        ([SELECT | {"reason": "lazy load Author.books"}] * 2, "append", ["lazy load · 2 SQL", -1]),
        ([INSERT | {"reason": "autoflush"}, SELECT | {"reason": "query"}], "scalars", ["autoflush · 2 SQL", 1]),
        ([SAVEPOINT | {"reason": "begin_nested"}], "begin_nested", ["begin_nested() · 1 SQL", 0]),
        ([SAVEPOINT | {"reason": "other"}], "", ["other() · 1 SQL", 0]),
    ],
)
def test_sql_goes_to_the_database_or_brings_rows(events, call, expected):
    assert crossed("flush", events, call=call) == expected


@pytest.mark.parametrize(
    ("events", "call", "left", "expected"),
    [
        ([INSERT], "flush", False, None),
        ([COMMIT], "commit", False, ["commit()", 1]),
        ([ROLLBACK], "rollback", False, ["rollback()", -1, 1]),
        ([ROLLBACK], "close", False, ["close() · ROLLBACK", -1, 1]),
        ([COMMIT], "commit", True, ["with · COMMIT", 1]),
        ([COMMIT, ROLLBACK], "work", False, ["work() · ROLLBACK", -1, 1]),
    ],
)
def test_the_end_of_a_transaction_is_public_or_undone(events, call, left, expected):
    assert crossed("commit", events, call=call, left=left) == expected


def test_a_statement_writes_by_its_verb_or_by_what_is_known_of_its_rows():
    assert is_write(INSERT) and is_write(SELECT | {"wrote": [{"table": "author"}]})
    assert not is_write(SELECT) and not is_write(COMMIT)
