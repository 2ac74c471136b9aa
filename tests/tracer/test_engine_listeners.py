"""What Engines and pools tell: rows and parameters of statements, connections."""

import pytest

from tracer import engine_listeners


def test_rows_parameters_and_many(trace):
    traced = trace("""
        session = Session(engine)
        session.execute(sqlalchemy.insert(Author), [{"name": "b"}, {"name": "a"}])
        session.execute(sqlalchemy.update(Author).values(name=None))
    """)
    (insert,) = [event for event in traced.steps[1].events if event["event"] == "sql"]
    assert insert["many"]
    assert [[*row.values()] if isinstance(row, dict) else row for row in insert["parameters"]] == [["a"], ["b"]]
    (update,) = [event for event in traced.steps[2].events if event["event"] == "sql"]
    assert update["rows"] == 2
    assert "many" not in update


def test_the_rows_of_a_batch_are_one_set_of_parameters(trace):
    """SQLAlchemy calls this "insertmanyvalues": an execution that it says is of many, with parameters of one."""
    traced = trace("""
        session = Session(engine)
        session.add_all([Author(name="b"), Author(name="a")])
        session.flush()
    """)
    inserts = [event for event in traced.steps[2].events if event["event"] == "sql"]
    assert inserts
    assert all("many" not in event for event in inserts)
    given = [event["parameters"] for event in inserts]
    values = [[*one.values()] if isinstance(one, dict) else one for one in given]  # by name on PostgreSQL
    assert [value for one in values for value in one] == ["b", "a"]


def test_the_pool_and_raw_connections(trace):
    traced = trace("""
        raw = engine.raw_connection()
        cursor = raw.cursor()
        cursor.execute("SELECT 1")
        raw.invalidate()
        raw = None
        with engine.connect() as connection:
            connection.execute(text("SELECT 2"))
        session = Session(engine)
        try:
            session.connection().connection.cursor().execute("no SQL")
        except Exception as error:
            failed = error
        session.close()
    """)
    assert traced.happened("raw = engine.raw_connection()") == ["checkout"]
    assert traced.happened('cursor.execute("SELECT 1")') == []
    assert traced.happened("raw.invalidate()")[0] == "invalidate"
    assert traced.happened("with engine.connect() as connection:") == ["checkout", "rollback", "checkin"]
    error = traced.at('session.connection().connection.cursor().execute("no SQL")').events[-1]
    assert error["event"] == "exception"
    assert "cause" not in error


def test_the_transaction_of_a_connection_that_was_invalidated(trace):
    traced = trace("""
        session = Session(engine)
        session.add(Author(name="ann"))
        session.flush()
        session.connection().invalidate()
        try:
            session.scalar(select(Author.name))
        except sqlalchemy.exc.PendingRollbackError as error:
            print(error)
        session.rollback()
        print(session.scalars(select(Author.name)).all())
        session.close()
    """)
    assert traced.happened("session.connection().invalidate()") == ["invalidate", "checkin"]
    assert traced.happened("session.rollback()") == []  # there is no connection to send a ROLLBACK on
    assert traced.happened("print(session.scalars(select(Author.name)).all())")[:2] == ["checkout", "begin"]
    assert traced.problems == []


@pytest.mark.parametrize(
    ("pool", "at_the_end"), [("NullPool", "gone"), ("QueuePool", "pooled"), ("StaticPool", "pooled")]
)
def test_pools_of_every_kind(trace, pool, at_the_end):
    traced = trace(f"""
        from sqlalchemy.pool import {pool}
        other = fresh(poolclass={pool})
        with Session(other) as session:
            session.add(Author(name="ann"))
            session.commit()
        with Session(other) as session:
            print(session.scalar(select(Author.name)))
        session = None
    """)
    traced_output = [event["text"] for step in traced.steps for event in step.events if event["event"] == "output"]
    assert traced_output == ["ann\n"]
    connections = traced.after("session = None")["connections"]
    assert {state or "gone" for state in connections.values()} == {at_the_end}
    assert traced.problems == []


def test_long_statements_are_cut(trace):
    traced = trace("""
        session = Session(engine)
        session.scalar(text("SELECT 1 /* " + "x" * 20000 + " */"))
    """)
    (event,) = [event for event in traced.steps[1].events if event["event"] == "sql"]
    assert len(event["sql"]) == engine_listeners.MAX_SQL + 1
    assert event["sql"].endswith("…")
