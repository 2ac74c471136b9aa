"""Run a program and record it."""

from __future__ import annotations

import builtins
import contextlib
import gc
import linecache
import os
import platform
import random
import sys
import threading
import types
import uuid
import warnings
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from typing import Any, TextIO

import sqlalchemy
from sqlalchemy.exc import SADeprecationWarning

from tracer import internals, listeners, names
from tracer.include import Include
from tracer.instrument import STEP, instrument
from tracer.output import Output, tee
from tracer.recorder import Recorder
from tracer.recording import MARK, Recording
from tracer.running import RunningStep, activate, current

MAX_STEPS = 500  # turns of a loop that are alike count once


def record(
    source: str,
    filename: str,
    *,
    program: str = "",
    spec: ModuleSpec | None = None,
    echo: TextIO | None = None,
    max_steps: int = MAX_STEPS,
    deadline: float = 0,
    end_at_deadline: bool = False,
    include: Include | None = None,
    uncaught: Callable[[BaseException], None] | None = None,
    ended: Callable[[BaseException | None], None] | None = None,
    last: bool = False,
) -> Recording:
    """Run `source` as the program `filename` and record it, from the line `# --- story` on if it has one.

    `program` is the name in the recording, the file's own by default; `spec` that of a module run as by `python -m`.
    Output goes to `echo` as well. Recording stops after `max_steps` steps, and after `deadline` seconds if that is not
    0; with `end_at_deadline` the program ends then, at its next statement. `include`: the modules into which it steps
    too. An exception that ends the program is recorded, not raised, and so are SystemExit and KeyboardInterrupt;
    `uncaught` is called with it.
    Raises SyntaxError for a program that does not parse.

    Two runs give equal recordings: random keys, warnings and the collection of garbage are what they are every time,
    and no connection is left open. With `ended` the program runs as Python would run it instead: those are its own, it
    writes to the process's streams, and `ended` is called when it is over, as long as its threads still run. `last`:
    nothing else runs in this process afterwards.
    """
    lines = source.splitlines()
    above = next((number for number, line in enumerate(lines, 1) if line.startswith(MARK)), 0)
    code = instrument(source, filename, above)
    recording = Recording(program or os.path.basename(filename), sqlalchemy.__version__, platform.python_version())
    recording.deadline = deadline
    recorder = Recorder(recording, max_steps, include.name if include else lambda path: "", end_at_deadline)
    module = types.ModuleType("__main__")
    module.__file__ = filename
    if spec:
        module.__spec__, module.__loader__, module.__package__ = spec, spec.loader, spec.parent
    linecache.cache[filename] = (len(source), None, [line + "\n" for line in lines], filename)
    setattr(builtins, STEP, RunningStep)  # no name of the program's own; its functions may run after it
    listeners.install()
    step, threads, process = current.get(), set(threading.enumerate()), os.getpid()
    surroundings = _repeatable(recorder, module, echo) if ended is None else _real(recorder, module)
    with surroundings as output, include or contextlib.nullcontext():
        outer = activate(recorder)
        current.set(None)
        try:
            if ended is None:
                try:
                    exec(code, module.__dict__)
                finally:
                    _join(set(threading.enumerate()) - threads)
            else:
                _run(code, module, recorder, ended, last)
        except BaseException as error:
            activate(None)  # what saying it runs is no step
            recording.uncaught = _said(error, recorder)
            if uncaught is not None:
                uncaught(error)
        finally:
            activate(outer)
            current.set(step)
            if output is not None:
                output.echo = None  # what closing makes the program's listeners print, it does not print by itself
            if os.getpid() == process:  # else it is a child that the program has forked
                left_running = set(threading.enumerate()) - threads
                recorder.close(leave_open=ended is not None or bool(left_running - internals.of_a_pool(left_running)))
    recording.no_session = not (recorder.used_session or recorder.names.sessions)
    return recording


def _said(error: BaseException, recorder: Recorder) -> str:
    """What is recorded of the exception that ended a program: nothing if it ended as it wanted to."""
    if isinstance(error, SystemExit):
        return f"SystemExit: {error.code}" if error.code not in (None, 0) else ""
    return f"{type(error).__name__}: {recorder.message(error)}".removesuffix(": ")


def _run(
    code: types.CodeType,
    module: types.ModuleType,
    recorder: Recorder,
    ended: Callable[[BaseException | None], None],
    last: bool,
) -> None:
    """Run a program to its end as Python does: it says what went wrong, then waits for threads."""
    error: BaseException | None = None
    process = os.getpid()
    try:
        exec(code, module.__dict__)
    except BaseException as raised:
        error = raised
    in_child = os.getpid() != process  # where nobody opens the recorder's lock, if another thread held it
    with contextlib.nullcontext() if in_child else recorder.aside():
        ended(error)
    if last:
        internals.finish_pools()
    _join(set(threading.enumerate()) - {threading.current_thread()})
    if error is not None:
        raise error


def _join(threads: set[threading.Thread]) -> None:
    """Wait for the threads that the program has left running, as Python would; not for the idle ones of a pool."""
    for thread in threads - internals.of_a_pool(threads):
        if not thread.daemon:
            thread.join()


@contextlib.contextmanager
def _real(recorder: Recorder, module: types.ModuleType) -> Iterator[None]:
    """The surroundings in which Python would run a program; what it prints, and its warnings, are told too."""
    main, output, show_warning = sys.modules.get("__main__"), sys.stdout, warnings.showwarning

    def show(message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
        _tell_warning(recorder, message, category)
        show_warning(message, category, *rest, **more)

    stand_in = tee(output, recorder.tell) if output is not None else None
    sys.modules["__main__"], sys.stdout, warnings.showwarning = module, stand_in, show  # type: ignore[assignment]
    try:
        yield
    finally:
        if stand_in is not None:
            stand_in.flush()
        if sys.stdout is stand_in:
            sys.stdout = output
        if warnings.showwarning is show:
            warnings.showwarning = show_warning
        sys.modules["__main__"] = main  # type: ignore[assignment]


def _tell_warning(recorder: Recorder, message: Any, category: type[Warning]) -> bool:
    """Add a warning to the running step; False if there is none."""
    text = recorder.names.short(str(message), names.MAX_MESSAGE)
    return recorder.add("warning", category=category.__name__, text=text) is not None


@contextlib.contextmanager
def _repeatable(recorder: Recorder, module: types.ModuleType, echo: TextIO | None) -> Iterator[Output]:
    """The surroundings of a run that comes out the same every time, put back afterwards."""
    main, output, collecting, uuid4 = sys.modules.get("__main__"), sys.stdout, gc.isenabled(), uuid.uuid4
    numbers = random.Random(0)
    gc.collect()
    frozen = gc.get_freeze_count()
    gc.freeze()  # what there was before is none of the program's
    gc.disable()  # else objects in cycles go at a moment that depends on unrelated allocations
    uuid.uuid4 = lambda: uuid.UUID(int=numbers.getrandbits(128), version=4)  # random keys would reorder the flush
    stand_in = Output(recorder.tell, echo)
    sys.modules["__main__"], sys.stdout = module, stand_in
    show_on_stderr = warnings.showwarning

    def show(message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
        if not _tell_warning(recorder, message, category):
            show_on_stderr(message, category, *rest, **more)

    try:
        with warnings.catch_warnings():
            warnings.resetwarnings()
            warnings.simplefilter("always")
            for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
                warnings.simplefilter("ignore", category)
            warnings.simplefilter("always", SADeprecationWarning)
            warnings.showwarning = show
            yield stand_in
    finally:
        sys.modules["__main__"], sys.stdout, uuid.uuid4 = main, output, uuid4  # type: ignore[assignment]
        if not frozen:
            gc.unfreeze()
        if collecting:
            gc.enable()
