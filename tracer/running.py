"""The step that runs at this moment.

It stands in a context variable, so that threads, asyncio tasks and SQLAlchemy's greenlets each have their own.
"""

from __future__ import annotations

import contextvars
import inspect
import sys
import types
from typing import Any, Protocol

from tracer.recording import MODULE

_SUSPENDS = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR

current: contextvars.ContextVar[RunningStep | None] = contextvars.ContextVar("current", default=None)
_recorder: Any = None
_of_main: RunningStep | None = None  # the innermost step of the program's main thread and task


class DeadlineExceeded(BaseException):
    """The program ran longer than it may. Not an Exception, which the program's own `except Exception` would catch."""


class StepRecorder(Protocol):
    """What a running step needs of the recorder."""

    @property
    def looking(self) -> bool:
        """Whether this thread is looking at what there is: whatever runs meanwhile is not the program's doing."""

    def end_if_late(self) -> None:
        """Raise DeadlineExceeded if the program shall end at a deadline that has passed."""

    def suspend(self, latest: RunningStep | None, running: RunningStep | None) -> None:
        """Write the steps that wait, from `latest` up to `running`."""

    def precede(self, step: RunningStep) -> None:
        """Write a step that has not been written yet, before what happens inside it."""

    def enter(self, step: RunningStep, frame: types.FrameType) -> None:
        """Note that a step begins."""

    def leave(self, step: RunningStep, error: BaseException | None, frame: types.FrameType) -> None:
        """Note that a step ends, with `error` if that leaves it."""


def recorder() -> Any:
    """The recorder that records at this moment, or None."""
    return _recorder


def activate(other: Any) -> Any:
    """Let another recorder record, or None; return the one before."""
    global _recorder, _of_main
    before, _recorder, _of_main = _recorder, other, None
    return before


class RunningStep:
    """One execution of one statement. It is cut into steps wherever a nested statement runs.

    It knows the frame it runs in by its number only: a frame would keep the program's objects alive.
    """

    __slots__ = (
        *("lines", "kind", "parent", "latest", "depth", "file", "function", "frame", "suspends", "task", "written"),
        *("turns", "ended", "events", "sending", "sessions", "reason", "flush", "outer_reason"),
    )

    def __init__(self, first: int, last: int, kind: str) -> None:
        self.lines, self.kind = (first, last), kind
        self.parent: RunningStep | None = None
        self.latest: RunningStep | None = None  # the one that began before it: its parent, or one that waits in there
        self.ended = False
        self.depth, self.file, self.function, self.frame, self.task = 0, "", MODULE, 0, ""
        self.suspends = False  # in a generator, which may wait at its `yield` while others run
        self.written = 0  # how many steps it has become so far
        self.turns: Any = None  # of what runs in it again and again; see folding.py
        self.events: list[dict[str, Any]] = []
        self.sending: list[dict[str, Any]] = []  # those of them that are SQL on its way
        self.sessions: set[int] = set()  # the hash keys of those that it has used since it was written
        self.reason = self.flush = self.outer_reason = ""  # why the next SQL is sent; see listeners.py

    def __enter__(self) -> None:
        global _of_main
        if (recorder := _recorder) is None or recorder.looking:
            return
        recorder.end_if_late()
        frame = sys._getframe(1)
        self.file = frame.f_code.co_filename
        self.function, self.frame = frame.f_code.co_name, id(frame)
        self.suspends = bool(frame.f_code.co_flags & _SUSPENDS)
        latest = self.latest = current.get()
        self.parent = _around(latest, frame)
        self.depth = self.parent.depth + 1 if self.parent else 0
        recorder.suspend(latest, self.parent)
        recorder.enter(self, frame)
        current.set(self)
        if not self.task:
            _of_main = self

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        global _of_main
        if (recorder := _recorder) is None or recorder.looking:
            return
        latest = step = current.get()
        while step not in (self, None):
            step = step.parent
        if step is self:
            recorder.suspend(latest, self)
        elif error is not None and latest is not None:
            recorder.precede(latest)  # it throws into a generator that waits here: its line comes first
        recorder.leave(self, error, sys._getframe(1))
        self.ended = True
        if step is self:
            current.set(_open(self.latest, self.parent))
        self.latest = None
        if _of_main is self:
            _of_main = self.parent


def _open(step: RunningStep | None, around: RunningStep | None) -> RunningStep | None:
    """`step`, or the nearest around it that has not ended: the generator that it waits in may go on."""
    while step is not around and step is not None and step.ended:
        step = step.parent
    return step


def _around(step: RunningStep | None, frame: types.FrameType | None) -> RunningStep | None:
    """The step that `frame` runs in: `step`, the latest one, unless that waits in a generator at its `yield`."""
    if step is None or not step.suspends:
        return step
    running = set()
    while frame:
        running.add(id(frame))
        frame = frame.f_back
    around: RunningStep | None = step
    while around and around.suspends and around.frame not in running:
        around = around.parent
    outer = around
    while outer and outer.frame not in running:
        outer = outer.parent
    return around if outer else step  # in a greenlet, none of the frames around it is on the stack


def running_step() -> RunningStep | None:
    """The innermost step that runs at this moment, in this thread or task."""
    step = current.get()
    return _around(step, sys._getframe(1)) if step is not None and step.suspends else step


def sending_step() -> RunningStep | None:
    """The step whose doing SQL is: the running one, or that of the main thread where a thread runs none at all."""
    return running_step() or _of_main
