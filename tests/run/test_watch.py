"""What the programs of tables watch with: statements of any engine, recorded lines, cells by row and column."""

import pytest
from sqlalchemy import create_engine, event, text

from tools.run import watch


def test_statements_of_every_engine_are_heard_in_the_block_only():
    heard = []
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        with watch.statements(lambda sql, parameters: heard.append((sql, parameters))):
            connection.execute(text("SELECT :number"), {"number": 1})
        connection.execute(text("SELECT 2"))
    engine.dispose()
    assert heard == [("SELECT ?", (1,))]


def test_a_listener_goes_even_when_the_block_fails():
    engine, heard = create_engine("sqlite://"), []

    def note(connection):
        heard.append(connection)

    with pytest.raises(KeyError), watch.listening(engine, "begin", note):
        raise KeyError
    assert not event.contains(engine, "begin", note)


def test_lines_are_recorded_apart_from_their_setup():
    _, events, _ = watch.recorded("one = 1\nprint('setup')", "print(one)\nraise ValueError('no')")
    assert [found["text"] for found in events if found["event"] == "output"] == ["1\n"]
    assert watch.trouble(events) == {"error": {"type": "ValueError", "message": "no"}}


def test_what_was_sent_is_told_by_verb_and_table():
    events = [
        {"event": "begin"},
        {"event": "sql", "sql": "INSERT INTO book VALUES (1)"},
        {"event": "output", "text": ""},
        {"event": "commit"},
    ]
    assert list(watch.sent(events)) == ["BEGIN", "INSERT book", "COMMIT"]


def test_a_cell_that_fails_is_named_by_row_and_column():
    def cell(row, column):
        if column == "b":
            raise watch.CellFailed("it was not recorded")
        return {"sum": row + column}

    assert watch.table(["x"], ["a"], cell) == {"x": {"a": {"sum": "xa"}}}
    with pytest.raises(watch.CellFailed, match="x × b: it was not recorded"):
        watch.table(["x"], ["a", "b"], cell)
