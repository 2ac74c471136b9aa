"""A statement's event says which rows it wrote, and whose connection it was."""

import pytest

PEOPLE = """
    with Session(engine) as session:
        session.add_all([Author(name="a"), Author(name="b")])
        session.commit()
"""


def wrote(traced) -> list:
    """What the statements that write say, in their order."""
    events = (event for step in traced.recording.steps for event in step.events)
    return [event.get("wrote") for event in events if event["event"] == "sql" and event["sql"][:6] in WRITES]


WRITES = ("INSERT", "UPDATE", "DELETE")


def test_flush_says_key_and_values(trace):
    traced = trace("""
        with Session(engine) as session:
            author = Author(name="a")
            session.add(author)
            session.flush()
            author.name = "b"
            session.flush()
            session.delete(author)
            session.flush()
    """)
    assert wrote(traced) == [
        [{"table": "author", "key": [1], "values": {"name": "a"}}],
        [{"table": "author", "key": [1], "values": {"name": "b"}}],
        [{"table": "author", "key": [1]}],
    ]


def test_rows_of_several_inserts_are_all_there(trace):
    rows = [row for rows in wrote(trace(PEOPLE)) for row in rows]
    assert [row["key"] for row in rows] == [[1], [2]]
    assert [row["values"]["name"] for row in rows] == ["a", "b"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("delete(Author).where(Author.id == 2)", [{"table": "author", "key": [2]}]),
        ("delete(Author)", [{"table": "author", "count": 2}]),
        ("delete(Author).where(Author.name == 'c')", None),
        ("delete(Author).where((Author.id == 1) | (Author.id == 2))", [{"table": "author", "count": 2}]),
        (
            "update(Author).where(Author.id == 1).values(name='c')",
            [{"table": "author", "key": [1], "values": {"name": "c"}}],
        ),
        (
            "insert(Author).values([{'id': 7, 'name': 'c'}, {'id': 8, 'name': 'd'}])",
            [
                {"table": "author", "key": [7], "values": {"id": 7, "name": "c"}},
                {"table": "author", "key": [8], "values": {"id": 8, "name": "d"}},
            ],
        ),
        ("text('DELETE FROM author')", None),
    ],
)
def test_statements_say_what_is_known(trace, statement, expected):
    traced = trace(f"""{PEOPLE}
        from sqlalchemy import delete, insert, update
        with Session(engine) as session:
            session.execute({statement})
            session.rollback()
    """)
    assert wrote(traced)[-1] == expected


def test_an_upsert_does_not_say_whose_key_the_driver_returns(trace):
    traced = trace(f"""{PEOPLE}
        from sqlalchemy.dialects import sqlite
        memory = sqlalchemy.create_engine("sqlite://")
        Base.metadata.create_all(memory)
        upsert = sqlite.insert(Author).values(name="b").on_conflict_do_nothing()
        with Session(memory) as session:
            session.execute(upsert)
    """)
    assert wrote(traced)[-1] == [{"table": "author", "values": {"name": "b"}, "count": 1}]


def test_a_refused_statement_says_what_it_was_to_write(trace):
    traced = trace(f"""{PEOPLE}
        with Session(engine) as session:
            session.add(Author(name="a"))
            try:
                session.flush()
            except Exception:
                pass
    """)
    assert wrote(traced)[-1] == [{"table": "author", "values": {"name": "a"}}]


def test_events_name_their_session(trace):
    traced = trace("""
        with Session(engine) as session:
            with session.begin_nested():
                session.add(Author(name="a"))
            session.commit()
        with engine.connect() as connection:
            connection.execute(select(Author.id))
    """)
    events = [event for step in traced.recording.steps for event in step.events if "connection" in event]
    first = [event for event in events if event.get("session") == "s1"]
    assert [event["event"] for event in first[:3]] == ["checkout", "begin", "sql"]
    assert {event["event"] for event in first} == {"checkout", "begin", "sql", "commit", "checkin"}
    assert "SELECT" in events[-3]["sql"] and all("session" not in event for event in events[-5:] if event not in first)


def test_a_session_that_began_before_the_story_is_known(trace):
    traced = trace("""
        session = Session(engine)
        session.connection()
        # --- story
        session.execute(select(Author.id))
        session.close()
    """)
    found = [event.get("session") for step in traced.recording.steps for event in step.events if "connection" in event]
    assert found and set(found) == {"s1"}


def test_steps_name_the_sessions_that_they_use(trace):
    traced = trace("""
        session = Session(engine)
        author = Author(name="a")
        session.add(author)
        session.rollback()
    """)
    assert [step.sessions for step in traced.recording.steps] == [[], [], ["s1"], ["s1"]]
