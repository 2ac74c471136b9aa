"""Turns of a loop that are alike become one with their number, and everything after the loop is there."""

import pytest

from tracer.folding import MAX_ALIKE, SHOWN, few


def statements(traced):
    """How many statements the recording stands for."""
    return sum(
        step.times * event.get("times", 1) for step in traced.steps for event in step.events if event["event"] == "sql"
    )


def test_a_long_loop_is_folded_and_the_commit_after_it_is_there(trace):
    traced = trace("""
        session = Session(engine)
        for n in range(300):
            session.add(Author(name=str(n)))
        session.commit()
    """)
    turns = traced.all("session.add(Author(name=str(n)))")
    assert [turn.times for turn in turns] == [1] * (SHOWN - 1) + [300 - SHOWN + 1]
    assert "commit" in traced.happened("session.commit()")
    assert f"(… {300 - SHOWN} more like this)" in traced.text


def test_what_folded_turns_changed_is_seen_at_the_turn_that_stands_for_them(trace):
    traced = trace("""
        session = Session(engine)
        for n in range(9):
            session.add(Author(name=str(n)))
        last = 0
    """)
    assert len(traced.after("session.add(Author(name=str(n)))")["sessions"]["s1"]["new"]) == 9
    assert traced.at("last = 0").changes == {}


def test_a_short_loop_is_shown_whole(trace):
    traced = trace(f"for n in range({SHOWN}):\n    m = n\n", setup=False)
    assert [step.times for step in traced.steps] == [1] * (SHOWN + 1)


def test_turns_of_two_kinds_are_counted_apart(trace):
    traced = trace(
        """
        for n in range(200):
            if n % 2:
                odd = n
            else:
                even = n
        """,
        setup=False,
    )
    counts = [sum(step.times for step in traced.all(code)) for code in ("odd = n", "even = n")]
    assert counts == [100, 100]
    assert len(traced.steps) < 50


def test_a_turn_that_does_something_else_is_shown(trace):
    traced = trace("""
        session = Session(engine)
        authors = [Author(name=str(n)) for n in range(100)]
        for n in range(100):
            session.add(authors[n])
            if n == 60:
                session.flush()
    """)
    (flush,) = traced.all("session.flush()")
    assert flush.times == 1
    assert "add(authors[n])   (… 38 more like this)" in traced.text.partition("session.flush()")[2]
    assert traced.after("session.flush()")["objects"]["Author#61"]["state"] == "persistent"
    assert traced.recording.tracer_errors == []


@pytest.mark.parametrize("inner", [3, 30])
def test_loops_in_loops_count_what_they_send(trace, inner):
    traced = trace(f"""
        session = Session(engine)
        for outer in range(20):
            for n in range({inner}):
                session.scalar(select(Author.id).where(Author.id == n))
    """)
    assert statements(traced) == 20 * inner
    assert len(traced.steps) < 150


def test_a_function_that_a_comprehension_calls_is_folded(trace):
    traced = trace(
        """
        def double(n):
            m = 2 * n
            return m
        numbers = [double(n) for n in range(50)]
        """,
        setup=False,
    )
    assert sum(step.times for step in traced.all("return m")) == 50
    assert len(traced.steps) == 1 + 2 * SHOWN


def test_steps_of_other_threads_are_not_folded_away(trace):
    traced = trace(
        """
        import threading
        def other():
            for n in range(30):
                x = n
        thread = threading.Thread(target=other)
        thread.start()
        for n in range(30):
            y = n
        thread.join()
        """,
        setup=False,
    )
    assert sum(step.times for step in traced.all("x = n")) == 30
    assert sum(step.times for step in traced.all("y = n")) == 30


def test_a_checked_comment_below_a_loop_counts_all_turns(trace):
    traced = trace("""
        session = Session(engine)
        for n in range(9):
            session.scalar(select(Author.id).where(Author.id == n))
        #> BEGIN; 9 × SELECT author
    """)
    assert traced.problems == []


def test_very_many_events_that_are_alike_are_counted():
    one = {"event": "sql", "connection": "c1", "sql": "INSERT INTO a", "wrote": [{"table": "a", "key": [1]}]}
    other = {"event": "commit", "connection": "c1"}
    kept = few([*(dict(one) for _ in range(MAX_ALIKE + 20)), other])
    assert len(kept) == MAX_ALIKE + 2
    assert kept[-1] == other
    assert (kept[-2]["times"], kept[-2]["wrote"]) == (20, [{"table": "a", "count": 20}])
    assert few([one, other]) == [one, other]


def test_objects_of_events_that_are_alike_are_put_together():
    loads = [{"event": "state", "change": "loaded_as_persistent", "objects": [f"A#{n}"]} for n in range(MAX_ALIKE + 20)]
    kept = few(loads)
    assert [label for event in kept for label in event["objects"]] == [event["objects"][0] for event in loads]
