"""Which method a line calls, and of which Session."""

import pytest

from tracer import calls

NAMES = {"<module>": {"session": "→s1", "author": "→Author#1"}, "work": {"own": "→s2"}}
STATE = {"names": NAMES, "sessions": {"s1": {}, "s2": {}}}


@pytest.mark.parametrize(
    ("code", "function", "expected"),
    [
        ("session.flush()", "<module>", ("flush", "s1")),
        ("    await session.commit()", "<module>", ("commit", "s1")),
        ("own.flush()", "work", ("flush", "s2")),
        ("own.flush()", "<module>", ("flush", "")),
        ("session.scalars(select(Author)).all()", "<module>", ("scalars", "s1")),
        ("work(author.copy(), session.get(Author, 1))", "<module>", ("get", "s1")),
        ("author.books.append(book)", "<module>", ("append", "")),
        ("with session.begin():", "<module>", ("begin", "s1")),
        ("except LookupError.of(author):", "<module>", ("of", "")),
        ("flush()", "<module>", ("", "")),
        ("author.name", "<module>", ("", "")),
        ("this is no Python", "<module>", ("", "")),
    ],
)
def test_the_call_of_a_session_comes_before_the_last_call(code, function, expected):
    assert calls.of(code, function, STATE, STATE) == expected


def test_a_variable_that_the_line_deletes_or_makes_counts():
    bare = STATE | {"names": {}}
    assert calls.of("session.close()", "<module>", STATE, bare) == ("close", "s1")
    assert calls.of("session.close()", "<module>", bare, STATE) == ("close", "s1")
