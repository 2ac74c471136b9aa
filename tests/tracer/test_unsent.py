"""What the driver does not send, and what is public without a COMMIT: event by event, and in recordings."""

import pytest

from tracer import unsent
from tracer.listing import Listing

BEGIN, COMMIT = {"event": "begin", "connection": "c1"}, {"event": "commit", "connection": "c1"}
SELECT = {"event": "sql", "connection": "c1", "sql": "SELECT 1"}
INSERT = {"event": "sql", "connection": "c1", "sql": "INSERT INTO author (name) VALUES (?)"}
OPEN, IDLE = {"connections": {"c1": "open"}}, {"connections": {"c1": "idle"}}
UNSENT = COMMIT | {"unsent": True}


@pytest.mark.parametrize(
    ("events", "after", "expected"),
    [
        ([BEGIN], IDLE, [True]),
        ([BEGIN], OPEN, [False]),
        ([BEGIN], {}, [False]),  # the driver can't tell
        ([BEGIN, SELECT, UNSENT], IDLE, [True, False, True]),
        ([BEGIN, SELECT, COMMIT], IDLE, [False, False, False]),
        ([BEGIN, SELECT, UNSENT, BEGIN, INSERT], OPEN, [True, False, True, False, False]),
        ([BEGIN, UNSENT | {"connection": "c2"}], OPEN, [False, True]),
        ([SELECT | {"error": "MissingGreenlet"}], OPEN, [True]),
        ([SELECT | {"error": "OperationalError"}], OPEN, [False]),
    ],
)
def test_what_is_not_sent(events, after, expected):
    assert [unsent.is_unsent(events, index, after) for index in range(len(events))] == expected
    assert unsent.without_unsent(events, after) == [
        event for event, left_out in zip(events, expected, strict=True) if not left_out
    ]


@pytest.mark.parametrize(
    ("events", "after", "expected"),
    [
        ([BEGIN, INSERT], IDLE, {"c1"}),
        ([BEGIN, INSERT], OPEN, set()),
        ([BEGIN, INSERT, COMMIT], IDLE, set()),
        ([BEGIN, INSERT, UNSENT], {}, {"c1"}),
        ([BEGIN, SELECT, UNSENT, BEGIN, INSERT], OPEN, set()),
        ([BEGIN, SELECT], IDLE, set()),
        ([BEGIN, INSERT | {"error": "IntegrityError"}], IDLE, set()),
    ],
)
def test_what_is_public_at_once(events, after, expected):
    assert unsent.public_at_once(events, after) == expected


def test_a_begin_that_the_program_says_itself():
    aloud = SELECT | {"sql": "BEGIN IMMEDIATE"}
    assert unsent.is_said_aloud([BEGIN, aloud], 0)
    assert not unsent.is_said_aloud([BEGIN, SELECT], 0)
    assert not unsent.is_said_aloud([BEGIN, aloud | {"connection": "c2"}], 0)


def test_sqlite_sends_no_end_where_only_selects_ran(trace):
    traced = trace(
        """
        from shelf import *
        plain = sqlalchemy.create_engine("sqlite:///plain.db")
        Author.metadata.create_all(plain)
        def read():
            with Session(plain) as session:
                return session.scalars(select(Author.name)).all()
        def write(name):
            with Session(plain) as session:
                session.add(Author(name=name))
                session.commit()
        # --- story
        names = read()
        write("ann")
        """,
        setup=False,
    )
    listed = Listing(traced.recording, traced.source, "en", "plain").section()
    read, write = (item.partition("<script")[0] for item in listed.split("<li id=")[1:])
    assert read.count("not sent by the driver") == 2  # BEGIN and ROLLBACK
    assert "The driver sends no ROLLBACK, because <code>c1</code> has no database transaction" in read
    assert "not sent" not in write
    assert "<strong>COMMIT: others now see 1 row in <code>author</code>.</strong>" in write


def test_rows_in_autocommit_are_neither_private_nor_undone(trace):
    traced = trace(
        """
        from shelf import *
        free = sqlalchemy.create_engine("sqlite:///free.db", isolation_level="AUTOCOMMIT")
        Author.metadata.create_all(free)
        # --- story
        session = Session(free)
        session.add(Author(name="ann"))
        session.flush()
        session.rollback()
        """,
        setup=False,
    )
    drawn = Listing(traced.recording, traced.source, "en", "free")
    assert [[box["status"], box["levels"]] for box in drawn.boxes[2]] == [["idle", [[]]]]
    assert drawn.boxes[3] == []
    flush, rollback = drawn.section().split("<li id=")[3:]
    assert "<strong>Without a COMMIT, others now see 1 row in <code>author</code>.</strong>" in flush
    assert "<strong>No SQL is sent.</strong>" in rollback
    assert "the driver sends no ROLLBACK" in rollback.replace("The", "the")


def test_a_begin_of_the_programs_own_is_drawn_once_and_has_no_reason(trace):
    traced = trace(
        """
        from shelf import *
        at_once = sqlalchemy.create_engine("sqlite:///once.db")
        def no_begin(connection, record):
            connection.isolation_level = None
        event.listen(at_once, "connect", no_begin)
        event.listen(at_once, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        Author.metadata.create_all(at_once)
        # --- story
        session = Session(at_once)
        session.scalar(select(Author.name))
        session.close()
        """,
        setup=False,
    )
    begin, query = [one for one in traced.at("session.scalar(select(Author.name))").events if one["event"] == "sql"]
    assert ("reason" in begin, query["reason"]) == (False, "query")
    item = Listing(traced.recording, traced.source, "en", "once").section().split("<li id=")[2]
    assert item.count("BEGIN") == 2  # in the sentence, and in the list
    assert "The query sends 1 SELECT." in item


def test_a_call_is_said_where_the_function_runs_next(trace):
    traced = trace("""
        def save(name):
            session = Session(engine)
            session.add(Author(name=name))
            session.commit()
            return name
        print(save("ann"))
        session = Session(engine)
    """)
    items = Listing(traced.recording, traced.source, "en", "save").section().split("<li id=")[1:]
    (call, end) = [item for item in items if "print" in item.partition("</code>")[0]]
    assert "<strong><code>save()</code> is called.</strong>" in call
    assert "No SQL is sent" not in call + end
    assert "No SQL is sent" in items[-1]


def test_a_connection_that_was_thrown_away_is_not_in_the_pool(trace):
    traced = trace("""
        session = Session(engine)
        session.scalar(select(Author.name))
        session.invalidate()
        session.scalar(select(Author.name))
        session.close()
    """)
    assert traced.after("session.invalidate()")["connections"] == {"c1": "invalidated"}
    assert traced.after("session.close()")["connections"]["c1"] == "pooled"
    assert "c1</b> thrown away, not in the pool" in Listing(traced.recording, traced.source, "en", "lost").section()
