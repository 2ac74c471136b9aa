"""How a transaction ends; tests/tables/test_uncommitted.py holds the rows against what others see."""

import pytest

from tracer.uncommitted import how_it_ends


@pytest.mark.parametrize(
    ("event", "status", "end"),
    [
        ("commit", "open", "commit"),
        ("rollback", "open", "rollback"),
        ("commit", "failed", "rollback"),  # PostgreSQL answers so, and tells no error
    ],
)
def test_how_a_transaction_ends(event, status, end):
    assert how_it_ends({"event": event, "connection": "c1"}, {"connections": {"c1": status}}) == end


REFUSED = {
    "event": "exception",
    "type": "IntegrityError",
    "message": "(psycopg…) duplicate",
    "cause": "UniqueViolation",
}


@pytest.mark.parametrize(
    ("following", "status", "end"),
    [
        ([REFUSED], "idle", "rollback"),  # a deferred constraint
        ([REFUSED], "open", ""),  # SQLite, whose file is locked
        ([{"event": "checkin", "connection": "c1"}, REFUSED], "pooled", "rollback"),
        ([{"event": "begin", "connection": "c1"}, REFUSED], "idle", "commit"),
        ([{"event": "exception", "type": "ValueError", "message": "of the program's own"}], "pooled", "commit"),
        ([], "pooled", "commit"),
    ],
)
def test_how_a_commit_ends_that_is_refused(following, status, end):
    states = ({"connections": {"c1": "open"}}, {"connections": {"c1": status}})
    assert how_it_ends({"event": "commit", "connection": "c1"}, states[0], following, states[1]) == end
