"""What SQLAlchemy tells: why statements were sent, transactions, states, warnings."""

import pytest

from tracer import engine_listeners


def reasons(traced, code):
    return [event.get("reason", "") for step in traced.all(code) for event in step.events if event["event"] == "sql"]


def test_why_a_statement_was_sent(trace):
    traced = trace("""
        from sqlalchemy.orm import selectinload
        session = Session(engine)
        session.add(Author(name="ann", books=[Book(title="one")]))
        session.flush()
        session.commit()
        author = session.scalars(select(Author)).one()
        author.books
        author.name = "anna"
        session.scalar(select(func.count(Author.id)))
        session.commit()
        author.name
        author.name = "ben"
        nested = session.begin_nested()
        session.execute(text("SELECT 1"))
        session.execute(sqlalchemy.update(Author).values(name="cid"))
        author.name = "dan"
        session.expire(author, ["books"])
        session.scalars(select(Author).options(selectinload(Author.books))).all()
        session.connection().execute(text("SELECT 2"))
    """)
    assert set(reasons(traced, "session.flush()")) == {"flush"}
    assert reasons(traced, "author = session.scalars(select(Author)).one()") == ["query"]
    assert reasons(traced, "author.books") == ["lazy load Author.books"]
    assert reasons(traced, "session.scalar(select(func.count(Author.id)))") == ["autoflush", "query"]
    assert reasons(traced, "author.name") == ["refresh"]
    assert reasons(traced, "nested = session.begin_nested()") == ["begin_nested"]
    assert reasons(traced, 'session.execute(text("SELECT 1"))') == ["", "statement"]
    assert reasons(traced, "session.scalars(select(Author).options(selectinload(Author.books))).all()") == [
        "autoflush",
        "query",
        "eager load Author.books",
    ]
    assert reasons(traced, 'session.connection().execute(text("SELECT 2"))') == [""]


def test_a_loader_that_runs_while_rows_are_read_is_no_lazy_load(trace):
    traced = trace("""
        from sqlalchemy.orm import immediateload
        session = Session(engine)
        session.add(Author(name="ann", books=[Book(title="one")]))
        session.commit()
        author = session.scalars(select(Author).options(immediateload(Author.books))).one()
    """)
    line = "author = session.scalars(select(Author).options(immediateload(Author.books))).one()"
    assert reasons(traced, line) == ["query", "eager load Author.books"]


def test_a_savepoint_that_ends_flushes_and_commits_nothing(trace):
    traced = trace("""
        session = Session(engine)
        with session.begin_nested():
            session.add(Author(name="ann"))
        session.rollback()
    """)
    assert reasons(traced, "with session.begin_nested():") == ["savepoint", "savepoint", ""]


def test_a_refresh_names_what_was_loaded(trace):
    traced = trace("""
        session = Session(engine)
        author = Author(name="ann")
        session.add(author)
        session.commit()
        session.scalars(select(Author)).one()
        session.scalars(select(Author)).one() is author
    """)
    events = traced.at("session.scalars(select(Author)).one()").events
    assert [event["attributes"] for event in events if event["event"] == "refresh"] == [["id", "name"]]
    assert "refresh" not in traced.happened("session.scalars(select(Author)).one() is author")


def test_a_commit_that_flushes(trace):
    traced = trace("""
        session = Session(engine)
        author = Author(name="ann")
        session.add(author)
        session.commit()
    """)
    assert reasons(traced, "session.commit()") == ["commit"]
    assert traced.happened("session.commit()") == [
        *["checkout", "begin", "INSERT INTO author", "state pending_to_persistent", "commit", "expire", "checkin"]
    ]


def test_savepoints_are_sent_when_there_is_something_to_save(trace):
    traced = trace("""
        with Session(engine) as session, session.begin():
            kept = session.begin_nested()
            session.add(Author(name="ann"))
            session.flush()
            kept.commit()
            undone = session.begin_nested()
            session.add(Author(name="ben"))
            session.flush()
            undone.rollback()
    """)
    assert traced.happened("kept = session.begin_nested()") == []
    first, second = traced.all("session.flush()")
    assert [event["sql"].split()[0] for event in first.events if event["event"] == "sql"] == ["SAVEPOINT", "INSERT"]
    assert traced.happened("kept.commit()") == ["RELEASE SAVEPOINT"]
    assert [one for one in traced.happened("undone.rollback()") if one.startswith("ROLLBACK")] == ["ROLLBACK TO"]
    assert traced.after("undone.rollback()")["sessions"]["s1"]["transaction"] == "begun"


def test_listeners_of_the_program_run_in_their_place(trace):
    traced = trace("""
        @event.listens_for(Session, "before_flush")
        def look(session, context, instances):
            session.execute(text("SELECT 1"))
        @event.listens_for(engine, "before_cursor_execute", retval=True)
        def say(connection, cursor, sql, parameters, context, many):
            if sql == "BEGIN":
                return sql, parameters
            print("sending")
            return sql + " -- said", parameters
        @event.listens_for(Session, "after_flush")
        def refuse(session, context):
            raise LookupError("refused")
        session = Session(engine)
        session.add(Author(name="ann"))
        try:
            session.flush()
        except LookupError:
            session.rollback()
        event.remove(Session, "before_flush", look)
        event.remove(Session, "after_flush", refuse)
    """)
    sent = [event for step in traced.steps for event in step.events if event["event"] == "sql"]
    assert [event["sql"].split()[0] for event in sent] == ["SELECT", "INSERT"]
    assert all(event["sql"].endswith("-- said") for event in sent)
    order = [
        (step.function, event["event"])
        for step in traced.steps
        for event in step.events
        if event["event"] in ("sql", "output")
    ]
    assert order == [("say", "output"), ("look", "sql"), ("say", "output"), ("<module>", "sql")]
    assert traced.at('raise LookupError("refused")').events[0]["type"] == "LookupError"
    assert {step.function for step in traced.all('session.execute(text("SELECT 1"))')} == {"look"}


def test_two_engines_and_two_sessions(trace):
    traced = trace("""
        other = sqlalchemy.create_engine("sqlite://")
        Base.metadata.create_all(other)
        first, second = Session(engine), Session(other)
        first.add(Author(name="here"))
        first.commit()
        second.add(Author(name="there"))
        second.commit()
    """)
    assert set(traced.after("second.commit()")["sessions"]) == {"s1", "s2"}
    here = {event.get("connection") for event in traced.at("first.commit()").events} - {None}
    there = {event.get("connection") for event in traced.at("second.commit()").events} - {None}
    assert here.isdisjoint(there)


def test_warnings_are_events_and_elsewhere_are_shown_as_ever(trace):
    traced = trace("""
        session = Session(engine)
        session.scalars(select(Author.name, Book.title)).all()
        import warnings
        warnings.warn("careful")
    """)
    warned = [event for step in traced.steps for event in step.events if event["event"] == "warning"]
    assert [event["category"] for event in warned] == ["SAWarning", "UserWarning"]
    assert 'FROM element(s) "author" and FROM element "book"' in warned[0]["text"]
    with pytest.warns(UserWarning, match="above"):
        trace("import warnings\nwarnings.warn('above')\n# --- story\nx = 1\n", setup=False)


def test_a_listener_that_fails_is_noted_and_nothing_else(trace, monkeypatch):
    def broken(recorder, *arguments):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(engine_listeners, "_one_line", broken)
    traced = trace("session = Session(engine)\nprint(session.scalar(text('SELECT 1')))\n", healthy=False)
    assert traced.recording.uncaught == ""
    assert "before_cursor_execute: ZeroDivisionError: a bug" in traced.recording.tracer_errors
    assert traced.happened("print(session.scalar(text('SELECT 1')))")[-1] == "output 1"
