"""What one run becomes: its steps, its output, its errors; and what tracing must not change."""

import io
import sys
import threading
import uuid

import pytest

import tracer.recorder
import tracer.snapshots
from tracer import engine_listeners, record
from tracer.recorder import CUT, MAX_OUTPUT


def test_a_with_block_shows_twice(trace):
    traced = trace("""
        with Session(engine) as session:
            session.add(Author(name="ann"))
            session.commit()
            session.scalars(select(Author)).all()
    """)
    header, left = traced.all("with Session(engine) as session:")
    assert (header.kind, header.events) == ("with", [])
    assert (left.kind, [event["event"] for event in left.events]) == ("exit", ["rollback", "checkin"])
    assert header.depth == left.depth == 0
    assert traced.at("session.commit()").depth == 1


def test_an_exception_through_a_block_is_recorded_where_it_is_raised(trace):
    traced = trace("""
        def fail():
            raise LookupError("no such book\\nat all")
        try:
            with Session(engine) as session, session.begin():
                session.add(Author(name="ann"))
                fail()
        except LookupError as error:
            caught = str(error)
    """)
    raised = [
        (step.lines[0] - 3, event) for step in traced.steps for event in step.events if event["event"] == "exception"
    ]
    assert raised == [(2, {"event": "exception", "type": "LookupError", "message": "no such book"})]
    left = traced.all("with Session(engine) as session, session.begin():")[-1]
    assert "pending_to_transient" in [event.get("change") for event in left.events]
    assert traced.at("except LookupError as error:").kind == "except"


def test_an_error_of_the_driver_is_named_too(trace):
    traced = trace("""
        session = Session(engine)
        session.add_all([Author(name="ann"), Author(name="ann")])
        try:
            session.flush()
        except sqlalchemy.exc.IntegrityError:
            session.rollback()
    """)
    events = traced.at("session.flush()").events
    assert [event for event in events if event.get("error")]
    assert events[-1]["type"] == "IntegrityError"
    assert events[-1]["cause"]
    assert "\n" not in events[-1]["message"]


@pytest.mark.parametrize(
    ("last", "uncaught"),
    [
        ("raise ValueError('wrong')", "ValueError: wrong"),
        ("raise ValueError", "ValueError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("raise SystemExit", ""),
        ("raise SystemExit(0)", ""),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_how_the_program_ended(trace, last, uncaught):
    traced = trace(f"before = 1\n{last}\n", setup=False, healthy=False)
    assert traced.recording.uncaught == uncaught
    assert len(traced.steps) == 2


def test_an_exception_that_cannot_say_what_it_is(trace):
    traced = trace(
        """
        class Odd(Exception):
            def __str__(self):
                raise RuntimeError
            def __setattr__(self, name, value):
                raise RuntimeError
            def __getattr__(self, name):
                raise RuntimeError
        def fail():
            raise Odd
        fail()
        """,
        setup=False,
        healthy=False,
    )
    assert traced.recording.uncaught == "Odd"
    assert traced.recording.tracer_errors == []
    assert [len(step.events) for step in traced.steps] == [0, 1]


def test_more_steps_than_asked_for_are_not_recorded(trace):
    traced = trace("m = 0\n" * 50, setup=False, max_steps=10)
    assert len(traced.steps) == 10
    assert traced.recording.stopped == "steps"
    assert "recording stopped after 10 steps" in traced.text


def test_endless_output_is_cut_with_a_notice(trace):
    traced = trace(f"print('x' * {MAX_OUTPUT // 20})\n" * 30 + "print('more')\n", setup=False)
    outputs = [event["text"] for step in traced.steps for event in step.events]
    assert sum(map(len, outputs)) == MAX_OUTPUT + len(CUT)
    assert outputs[-1].endswith(CUT)
    assert "".join(outputs).count(CUT) == 1


def test_a_single_long_output_keeps_its_beginning(trace):
    (step,) = trace(f"print('a' * {2 * MAX_OUTPUT})\n", setup=False).steps
    assert step.events[0]["text"] == "a" * MAX_OUTPUT + CUT


def test_output_is_what_reaches_standard_output(trace, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("ann\n"))
    echo = io.StringIO()
    program = """
        import contextlib, io, sys
        name = input("who? ")
        sys.stdout.buffer.write("é".encode())
        sys.stdout.reconfigure(line_buffering=True)
        with contextlib.redirect_stdout(io.StringIO()) as kept:
            print("not printed")
        sys.stdout.writelines(["a", "b"])
        print(name, sys.stdout.isatty(), sys.stdout.encoding, file=sys.stderr)
        sys.stdout = io.StringIO()
        print("nor this")
    """
    before = sys.stdout
    traced = trace(program, setup=False, echo=echo)
    outputs = [event["text"] for step in traced.steps for event in step.events]
    assert outputs == ["who? ", "é", "ab"]
    assert echo.getvalue() == "who? éab"
    assert capsys.readouterr().err == "ann False utf-8\n"
    assert sys.stdout is before


def test_random_keys_and_the_present_time_are_the_same_every_time(trace):
    program = """
        import datetime, uuid
        one = uuid.uuid4()
        print(one, datetime.datetime.now(), object())
        author = Author(name=str(uuid.uuid1()))
    """
    before = uuid.uuid4
    first, second = trace(program), trace(program)
    assert first.recording.dumps() == second.recording.dumps()
    assert first.happened("print(one, datetime.datetime.now(), object())") == [
        "output <uuid 1> <now> <object object at 0x…>"
    ]
    assert uuid.uuid4 is before


def test_threads_left_running_are_waited_for(trace):
    traced = trace(
        """
        import threading, time
        def late():
            time.sleep(0.05)
            print("late")
        threading.Thread(target=late).start()
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    """,
        setup=False,
    )
    assert traced.happened('print("late")') == ["output late"]


def test_an_idle_pool_of_threads_is_not_waited_for(trace):
    traced = trace(
        """
        from concurrent.futures import ThreadPoolExecutor
        pool = ThreadPoolExecutor(1)
        print(pool.submit(max, 1, 2).result())
    """,
        setup=False,
    )
    assert traced.happened("print(pool.submit(max, 1, 2).result())") == ["output 2"]


def test_a_broken_tracer_never_changes_the_program(trace, monkeypatch):
    def broken(*arguments, **options):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(tracer.snapshots.observe, "object_record", broken)
    monkeypatch.setattr(tracer.recorder.Recorder, "uses", broken)
    monkeypatch.setattr(engine_listeners, "_parameters", broken)
    traced = trace(
        """
        session = Session(engine)
        session.add(Author(name="ann"))
        session.commit()
        print(session.scalars(select(Author.name)).all())
    """,
        healthy=False,
    )
    assert traced.recording.uncaught == ""
    assert traced.happened("print(session.scalars(select(Author.name)).all())")[-1] == "output ['ann']"
    assert "Author#1: ZeroDivisionError: a bug" in traced.recording.tracer_errors
    assert "before_cursor_execute: ZeroDivisionError: a bug" in traced.recording.tracer_errors
    assert "the tracer failed: Author#1" in traced.text


def test_a_program_may_trace_another(trace):
    traced = trace(
        """
        from tracer import record
        inner = record("x = 1\\ny = 2\\n", "inner.py")
        print(len(inner.steps))
    """,
        setup=False,
    )
    assert traced.happened("print(len(inner.steps))") == ["output 2"]


def test_nothing_is_left_behind(trace):
    main, output = sys.modules["__main__"], sys.stdout
    trace("raise ValueError\n", setup=False, healthy=False)
    assert (sys.modules["__main__"], sys.stdout) == (main, output)
    assert tracer.running.recorder() is None
    assert threading.active_count() >= 1


def test_main_is_the_program(trace):
    traced = trace(
        """
        import sys, dataclasses, pickle
        class A:
            pass
        if __name__ == "__main__":
            print(sys.modules["__main__"].A is A, pickle.loads(pickle.dumps(A)) is A, __file__)
    """,
        setup=False,
    )
    assert traced.steps[-1].events[0]["text"] == "True True program.py\n"


def test_a_program_without_a_session_says_so():
    assert record("x = 1\n", "program.py").no_session
    assert not record("from sqlalchemy.orm import Session\ns = Session()\n", "program.py").no_session


def test_a_session_used_out_of_sight_counts(trace, shelf):
    def hidden(engine):
        with shelf.Session(engine) as session:
            session.scalars(shelf.select(shelf.Author)).all()

    shelf.hidden = hidden
    traced = trace("hidden(engine)\n")
    assert not traced.recording.no_session
    assert "sql" in [event["event"] for event in traced.steps[0].events]
