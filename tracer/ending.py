"""How a program ends, told as Python itself tells it: the traceback, the text of `sys.exit()`, the exit status."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from types import FrameType, TracebackType


def tell(error: BaseException | None, module: bool = False) -> int:
    """Write to stderr what Python would at the end of a program that `error` ended, and return the exit status.

    `module`: the program runs as by `python -m`. The frames of the tracer are left out of the traceback.
    """
    if error is None:
        return 0
    if isinstance(error, SystemExit):
        return _exit_status(error.code)
    traceback = _of_the_program(error.__traceback__)
    error.__traceback__ = _below_runpy(traceback) if module else traceback
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except Exception:
        sys.__excepthook__(type(error), error, error.__traceback__)
    return 1


def interrupt() -> None:
    """End this process as Python ends one that Ctrl-C has interrupted, so that a shell sees it."""
    if os.name == "posix":
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)


def _exit_status(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code
    with contextlib.suppress(Exception):
        print(code, file=sys.stderr)
    return 1


def _of_the_program(traceback: TracebackType | None) -> TracebackType | None:
    """`traceback` from the program's first frame on."""
    while traceback is not None and traceback.tb_frame.f_globals.get("__name__", "").startswith("tracer."):
        traceback = traceback.tb_next
    return traceback


def _below_runpy(traceback: TracebackType | None) -> TracebackType | None:
    """`traceback` below the frames of `runpy`, which runs the tracer as it would run the module."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_globals.get("__name__") == "runpy":
            traceback = TracebackType(traceback, frame, frame.f_lasti, frame.f_lineno)
        frame = frame.f_back
    return traceback
