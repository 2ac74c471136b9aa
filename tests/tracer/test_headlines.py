"""The one thing that a step is about, and the rest of its sentence."""

import pytest

from tracer.headlines import Headlines
from tracer.moment import Moment
from tracer.recording import Step

INSERT = {"event": "sql", "connection": "c1", "sql": "INSERT INTO author (name) VALUES (?)", "reason": "flush"}
LAZY = {"event": "sql", "connection": "c1", "sql": "SELECT book.id FROM book", "reason": "lazy load Author.books"}
REFRESH = {"event": "sql", "connection": "c1", "sql": "SELECT author.id FROM author", "reason": "refresh"}
REFRESHED = {"event": "refresh", "objects": ["Author#1"]}
COMMIT, ROLLBACK = {"event": "commit", "connection": "c1"}, {"event": "rollback", "connection": "c1"}
RAISED = {"event": "exception", "type": "IntegrityError", "message": "UNIQUE"}
NO_ROWS, ONE_ROW = {"tables": {"author": []}}, {"tables": {"author": [[1, "Ursula"]]}}
OPEN = {"tables": {"author": []}, "connections": {"c1": "open"}}
EXPIRED = {"objects": {"Author#1": {"state": "persistent", "values": {}, "expired": ["id"]}}}
STOP = 3


def moment(code="", events=(), before=None, after=None, kind="statement", witnessed=True):
    step = Step((1, 1), kind, events=list(events))
    before = before or {}
    return Moment(
        step, step.events, before, after or before, code, {"Author#1": "author", "s1": "session"}.get, witnessed
    )


def told(*arguments, boxes=(), **options):
    return Headlines("en").told(moment(*arguments, **options), list(boxes), STOP)


def sent(*rows):
    """A box with these rows, all sent at this stop."""
    return {"levels": [[{"step": STOP, **row} for row in rows]]}


def test_nothing_and_an_assertion_that_holds():
    assert told("x = 1") == ("No SQL is sent, and nothing changes.", "")
    assert told("assert x", kind="assert") == ("The assertion holds; no SQL is sent.", "")


def test_a_refused_statement_comes_before_the_exception_and_that_before_all_else():
    refused = INSERT | {"error": "IntegrityError"}
    headline, rest = told("session.flush()", [refused, ROLLBACK, RAISED], NO_ROWS)
    assert headline == "The database refuses the INSERT: `IntegrityError`."
    assert rest == "`flush()` sends 1 INSERT, which fails; ROLLBACK follows."
    assert told("work()", [RAISED]) == ("`IntegrityError` is raised.", "No SQL is sent.")


def test_what_a_line_prints_is_its_headline():
    prints = {"event": "output", "text": "not today\n"}
    assert told("print(said)", [prints]) == ("Prints `not today`.", "No SQL is sent.")
    assert told("print(said)", [{**prints, "text": "one\ntwo\n"}])[0] == "Prints `one …`."
    assert told("print(said)", [{**prints, "text": "x" * 70}])[0] == f"Prints `{'x' * 60}…`."
    assert told("print()", [{**prints, "text": "\n"}])[0] == "No SQL is sent, and nothing changes."
    assert told("print(author.books)", [LAZY, prints])[0].startswith("`Author.books` was not loaded")


def test_a_session_that_a_failed_flush_left_waits_until_rollback():
    begun, waits = ({"sessions": {"s1": {"transaction": said, "deleted": []}}} for said in ("begun", "begun, inactive"))
    refused = INSERT | {"error": "IntegrityError"}
    _, rest = told("session.flush()", [refused, ROLLBACK, RAISED], begun, waits)
    assert rest.endswith("`session` can't be used until `rollback()`.")
    assert told("session.flush()", [refused, RAISED], begun, waits)[1].endswith(
        "fails; `session` can't be used until `rollback()`."
    )
    assert told("session.rollback()", [], waits, {"sessions": {"s1": {"transaction": None, "deleted": []}}})[0] == (
        "`session` can be used again."
    )


def test_an_object_that_a_failure_put_out_and_nothing_refers_to_is_said_to_be_gone():
    pending = {"objects": {"Author#1": {"state": "pending", "session": "s1", "values": {}}}}
    _, rest = told(
        "session.flush()", [INSERT | {"error": "IntegrityError"}, RAISED], pending, {"objects": {"Author#1": None}}
    )
    assert rest.endswith("`author` is gone: no variable refers to it.")


def test_a_commit_says_what_others_see():
    committed = told("session.commit()", [COMMIT], NO_ROWS, ONE_ROW)
    assert committed == ("COMMIT: others now see 1 row in `author`.", "")
    assert told("session.commit()", [COMMIT], NO_ROWS) == ("`commit()` sends COMMIT.", "")


def test_rows_that_were_undone():
    box = {"levels": [], "discarded": [{"step": 1, "op": "+"}]}
    assert told("session.rollback()", [ROLLBACK], NO_ROWS, boxes=[box]) == (
        "The rollback undoes 1 row.",
        "`rollback()` sends ROLLBACK.",
    )


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ([{"op": "+", "object": "Author#1"}], "The INSERT of `author` is sent, but others don't see its row yet."),
        ([{"op": "~", "object": "Author#1"}], "The change of `author` is sent, but others still see the old values."),
        ([{"op": "-", "object": "Author#1"}], "The DELETE of `author` is sent, but others still see its row."),
        ([{"op": "+"}], "The INSERT of 1 row is sent, but others don't see it yet."),
        ([{"op": "~"}] * 2, "Changes to 2 rows are sent, but others still see the old values."),
        ([{"op": "-"}] * 2, "DELETEs of 2 rows are sent, but others still see them."),
        ([{"op": "+"}, {"op": "-"}], "Changes to 2 rows are sent, but others don't see them yet."),
    ],
)
def test_rows_that_were_sent_and_that_others_do_not_see(rows, headline):
    assert told("session.flush()", [INSERT], OPEN, boxes=[sent(*rows)]) == (headline, "`flush()` sends 1 INSERT.")


def test_without_another_connection_nothing_is_said_of_others():
    found = told("session.flush()", [INSERT], OPEN, witnessed=False, boxes=[sent({"op": "+"})])
    assert found == ("`flush()` sends 1 INSERT.", "")


def test_lazy_loads_are_counted_in_each_session():
    headlines = Headlines("en")

    def headline(session, author):
        event = LAZY | {"session": session, "parameters": [author]}
        return headlines.told(moment("author.books", [event]), [], STOP)[0]

    assert headline("s1", 1) == "`Author.books` was not loaded, so reading it sends a query."
    assert headline("s1", 1) == "`Author.books` was not loaded, so reading it sends a query."
    assert headline("s1", 2) == "Second lazy load: one query for the list, then one for each `Author`."
    assert headline("s2", 2) == "`Author.books` was not loaded, so reading it sends a query."
    assert [headline("s1", number) for number in range(3, 12)][-1].startswith("11th lazy load")


def test_reading_an_expired_object():
    expired = told("author.name", [REFRESH, REFRESHED], EXPIRED)
    assert expired[0] == "`author` was expired, so reading it sends a query."
    changed = {"state": "persistent", "values": {"id": 1, "name": "b"}, "modified": {"name": {"added": ["b"]}}}
    assert told("author.name = 'b'", [REFRESH, REFRESHED], EXPIRED, {"objects": {"Author#1": changed}}) == (
        "`author` was expired, so changing it sends a query first.",
        "`author.name` is now `'b'`.",
    )
    refreshed = told("session.refresh(author)", [REFRESH, REFRESHED], EXPIRED)
    assert "reading" not in refreshed[0]
    assert told("session.refresh(author)", [REFRESH, REFRESHED])[0] == "`refresh()` sends 1 SELECT."


def test_any_other_step_begins_with_its_first_clause():
    taken = {"event": "checkout", "connection": "c1"}
    after = {"sessions": {"s1": {"new": [], "dirty": [], "deleted": [], "map": [], "transaction": None}}}
    found = Headlines("zh").told(moment("session = Session()", [taken], {}, after), [], STOP)
    assert found == ("新建 Session `session`。", "没有发 SQL；从连接池借出 `c1`。")


def test_a_lost_connection_has_refused_nothing():
    failed = LAZY | {"error": "OperationalError"}
    thrown = {"event": "invalidate", "connection": "c1"}
    assert told("author.books", [failed, thrown])[0] == "The connection is lost: `OperationalError`."
    other = thrown | {"connection": "c2"}
    assert told("author.books", [failed, other])[0] == "The database refuses the SELECT: `OperationalError`."


def test_a_statement_that_sqlalchemy_could_not_send_was_not_refused():
    failed = LAZY | {"error": "MissingGreenlet"}
    raised = {"event": "exception", "type": "MissingGreenlet", "message": "greenlet_spawn has not been called"}
    assert told("author.books", [failed, raised]) == ("The SELECT can't be sent: `MissingGreenlet`.", "")


def test_the_end_of_a_call_does_not_say_that_nothing_was_sent():
    prints = {"event": "output", "text": "saved\n"}
    assert told("print(save())", [prints], kind="exit") == ("Prints `saved`.", "")
    assert told("with Session(engine) as session:", [prints], kind="exit") == ("Prints `saved`.", "No SQL is sent.")
