"""A program's end is told as Python tells it."""

import sys

import pytest

from tracer import ending


@pytest.mark.parametrize(
    ("code", "status", "said"), [(None, 0, ""), (0, 0, ""), (3, 3, ""), ("bye", 1, "bye\n"), ([1], 1, "[1]\n")]
)
def test_the_status_and_the_words_of_an_exit(capsys, code, status, said):
    assert ending.tell(SystemExit(code)) == status
    assert capsys.readouterr() == ("", said)


def test_no_error_is_success(capsys):
    assert ending.tell(None) == 0
    assert capsys.readouterr() == ("", "")


def failure(name):
    """An error that was raised in a module of this name and caught here."""
    try:
        exec(compile("1 / 0", f"{name}.py", "exec"), {"__name__": name})
    except ZeroDivisionError as error:
        error.__traceback__ = error.__traceback__.tb_next
        return error


def test_a_traceback_begins_in_the_program(capsys):
    error = failure("tracer.program")
    inner = failure("__main__")
    error.__traceback__.tb_next = inner.__traceback__
    assert ending.tell(error) == 1
    said = capsys.readouterr().err
    assert 'File "__main__.py", line 1' in said
    assert "tracer" not in said


def test_a_hook_of_the_program_is_asked(capsys, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, traceback: print("mine:", error, file=sys.stderr))
    assert ending.tell(failure("__main__")) == 1
    assert capsys.readouterr().err == "mine: division by zero\n"


def test_a_hook_that_fails_does_not_hide_the_error(capsys, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", None)
    assert ending.tell(failure("__main__")) == 1
    assert capsys.readouterr().err.endswith("ZeroDivisionError: division by zero\n")
