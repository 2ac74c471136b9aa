"""Run a program and record it."""

from __future__ import annotations

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
from tracer.instrument import STEP, instrument
from tracer.output import Output
from tracer.recorder import Recorder
from tracer.recording import MARK, Recording
from tracer.running import RunningStep, activate, current

MAX_STEPS = 500  # a step costs time for every object there is


def record(
    source: str,
    filename: str,
    *,
    program: str = "",
    spec: ModuleSpec | None = None,
    echo: TextIO | None = None,
    max_steps: int = MAX_STEPS,
    progress: Callable[[int], None] = lambda steps: None,
) -> Recording:
    """Run `source` as the program `filename` and record it, from the line `# --- story` on if it has one.

    `program` is the name in the recording, the file's own by default; `spec` that of a module run as by `python -m`.
    Output goes to `echo` as well. `progress` is called with the number of steps after each of them.
    An exception that ends the program is recorded, not raised, and so are SystemExit and KeyboardInterrupt.
    Raises SyntaxError for a program that does not parse.
    """
    lines = source.splitlines()
    above = next((number for number, line in enumerate(lines, 1) if line.startswith(MARK)), 0)
    code = instrument(source, filename, above)
    recording = Recording(program or os.path.basename(filename), sqlalchemy.__version__, platform.python_version())
    recorder = Recorder(recording, max_steps, progress)
    module = types.ModuleType("__main__")
    module.__file__ = filename
    if spec:
        module.__spec__, module.__loader__, module.__package__ = spec, spec.loader, spec.parent
    module.__dict__[STEP] = RunningStep
    linecache.cache[filename] = (len(source), None, [line + "\n" for line in lines], filename)
    listeners.install()
    step, threads = current.get(), set(threading.enumerate())
    with _prepared(recorder, module, echo) as output:
        outer = activate(recorder)
        current.set(None)
        try:
            try:
                exec(code, module.__dict__)
            finally:
                _join(set(threading.enumerate()) - threads)
        except SystemExit as error:
            if error.code not in (None, 0):
                recording.uncaught = f"SystemExit: {error.code}"
        except BaseException as error:
            activate(None)  # what saying it runs is no step
            recording.uncaught = f"{type(error).__name__}: {recorder.message(error)}".removesuffix(": ")
        finally:
            activate(outer)
            current.set(step)
            output.echo = None  # what closing makes the program's listeners print, it does not print by itself
            recorder.close()
    recording.no_session = not (recorder.used_session or recorder.names.sessions)
    return recording


def _join(threads: set[threading.Thread]) -> None:
    """Wait for the threads that the program has left running, as Python would; not for the idle ones of a pool."""
    for thread in threads - internals.of_a_pool(threads):
        if not thread.daemon:
            thread.join()


@contextlib.contextmanager
def _prepared(recorder: Recorder, module: types.ModuleType, echo: TextIO | None) -> Iterator[Output]:
    """The surroundings of a run that comes out the same every time, put back afterwards."""
    main, output, collecting, uuid4 = sys.modules.get("__main__"), sys.stdout, gc.isenabled(), uuid.uuid4
    numbers = random.Random(0)
    gc.collect()
    frozen = gc.get_freeze_count()
    gc.freeze()  # what there was before is none of the program's, and need not be looked through at each step
    gc.disable()  # else objects in cycles go at a moment that depends on unrelated allocations
    uuid.uuid4 = lambda: uuid.UUID(int=numbers.getrandbits(128), version=4)  # random keys would reorder the flush
    stand_in = Output(recorder.tell, echo)
    sys.modules["__main__"], sys.stdout = module, stand_in
    show_on_stderr = warnings.showwarning

    def show(message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
        text = recorder.names.short(str(message), names.MAX_MESSAGE)
        if recorder.add("warning", category=category.__name__, text=text) is None:
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
