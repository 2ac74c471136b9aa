"""A program runs as `__main__`: for a recording that is the same every time, or as Python would run it."""

import gc
import sys
import threading
import uuid
import warnings

import pytest

from tracer import record
from tracer.running import recorder


def outputs(recording):
    return [event["text"] for step in recording.steps for event in step.events if event["event"] == "output"]


def test_the_file_has_the_name_that_is_given():
    assert record("x = 1\n", "folder/program.py").program == "program.py"
    assert record("x = 1\n", "folder/program.py", program="other/name.py").program == "other/name.py"


def test_recording_begins_at_the_mark():
    assert [step.lines for step in record("x = 1\n# --- story\ny = 2\n", "program.py").steps] == [(3, 3)]


def test_the_surroundings_of_a_repeatable_run_are_put_back():
    before = sys.stdout, sys.modules["__main__"], uuid.uuid4, gc.isenabled(), warnings.filters[:], recorder()
    record("import gc\nprint(gc.isenabled())\n1 / 0\n", "program.py")
    assert before == (sys.stdout, sys.modules["__main__"], uuid.uuid4, gc.isenabled(), warnings.filters[:], recorder())


def test_warnings_of_a_repeatable_run_are_recorded_and_not_shown(capsys):
    recording = record("import warnings\nwarnings.warn('old')\nwarnings.warn('old')\n", "program.py")
    found = [event["text"] for step in recording.steps for event in step.events]
    assert (found, capsys.readouterr().err) == (["old", "old"], "")


def test_a_real_run_has_the_surroundings_of_python(capsys):
    ends = []
    before = uuid.uuid4, gc.isenabled()
    program = "import gc, uuid\nprint(uuid.uuid4, gc.isenabled())\n"
    recording = record(program, "program.py", ended=ends.append)
    assert capsys.readouterr().out == f"{before[0]} {before[1]}\n"
    assert outputs(recording)
    assert ends == [None]


def test_a_warning_of_a_real_run_is_shown_and_recorded(capsys):
    program = "import warnings\nwarnings.simplefilter('always')\nwarnings.warn('old')\n"
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *rest, **more: print(message, file=sys.stderr)
        recording = record(program, "program.py", ended=lambda error: None)
    assert capsys.readouterr().err == "old\n"
    assert [event["text"] for step in recording.steps for event in step.events] == ["old"]


def test_the_end_is_told_as_long_as_threads_run():
    alive = []
    program = "import threading, time\nthreading.Thread(target=time.sleep, args=(0.1,), name='own').start()\n1 / 0\n"

    def ended(error):
        alive.extend([type(error), "own" in [thread.name for thread in threading.enumerate()]])

    recording = record(program, "program.py", ended=ended)
    assert alive == [ZeroDivisionError, True]
    assert recording.uncaught == "ZeroDivisionError: division by zero"
    assert "own" not in [thread.name for thread in threading.enumerate()]


def test_what_the_tracer_needs_is_no_name_of_the_program():
    assert outputs(record("print([n for n in dir() if 'step' in n])\n", "program.py")) == ["[]\n"]


@pytest.mark.parametrize("nested", ["x = (", "return 1"])
def test_a_program_that_does_not_parse_is_not_run(nested):
    with pytest.raises(SyntaxError):
        record(f"print('ran')\n{nested}\n", "program.py")


ENDLESS = "# --- story\nnumber = 0\nwhile True:\n    try:\n        number += 1\n    except:\n        pass\n"


def test_a_program_ends_at_its_deadline_with_the_steps_until_then():
    recording = record(ENDLESS, "program.py", deadline=1, end_at_deadline=True)
    assert (recording.stopped, recording.uncaught) == ("", "DeadlineExceeded")
    assert recording.steps[0].lines == (2, 2)


def test_a_program_that_is_quick_enough_does_not_notice_the_deadline():
    recording = record("x = 1\n", "program.py", deadline=60, end_at_deadline=True)
    assert (recording.stopped, recording.uncaught) == ("", "")


def test_who_records_is_given_the_exception_that_ends_the_program():
    errors = []
    record("try:\n    1 / 0\nexcept ZeroDivisionError:\n    pass\nint('x')\n", "program.py", uncaught=errors.append)
    record("raise SystemExit(3)\n", "program.py", uncaught=errors.append)
    record("x = 1\n", "program.py", uncaught=errors.append)
    assert [repr(error) for error in errors] == [
        """ValueError("invalid literal for int() with base 10: 'x'")""",
        "SystemExit(3)",
    ]
