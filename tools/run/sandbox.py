"""Run programs apart from each other: each in a process, an empty folder and an empty database of its own.

A program has a time limit. Its folder goes with it, also when it is killed; what a killed run has left, of folders and
of databases, goes with the next one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import io
import multiprocessing
import os
import re
import runpy
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tools.content.repository import ROOT
from tools.content.writing import process_runs
from tools.run import databases, reach

AT_ONCE = os.cpu_count() or 1
STORY_SECONDS, OTHER_SECONDS = 10, 300  # the limits: of a story, and of a program that computes a table
_GRACE = 2  # seconds that a program has to leave its database, once it is told to end
_FOLDERS = "story-{}-"  # where programs run, with the number of the process that made them
_context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


class ProgramFailed(Exception):
    """A program that cannot be run or recorded: one line that names it, the reason and the remedy."""


def run(program: Path, root: Path = ROOT) -> None:
    """Run a program here and now, in the present folder."""
    sys.path.insert(0, str(root))
    runpy.run_path(str(program), run_name="__main__")


def seconds(program: Path) -> int:
    """How long a program may run."""
    return STORY_SECONDS if is_story(program) else OTHER_SECONDS


def is_story(program: Path) -> bool:
    """Whether a program is a story, which has less time and less reach than one that computes a table."""
    return program.parent.parent.name == "snippets"


def apart(
    job: Callable[[Path], str], programs: Iterable[Path], limit: int = 0
) -> Iterator[tuple[Path, str | ProgramFailed]]:
    """Do `job` for each program in a process and an empty folder of its own; yield the results in the given order.

    `limit`: the seconds that each may take; 0: what is right for its kind.
    """
    # The programs need these: they are imported once, before the processes part.
    import flask  # noqa: F401
    import sqlalchemy.dialects.sqlite
    import sqlalchemy.orm  # noqa: F401

    import tracer.program  # noqa: F401

    remove_left_behind()
    databases.remove_left_behind(os.environ.get("DATABASE_URL"))
    running: deque[_Run] = deque()
    waiting = iter(programs)
    gc.collect()
    gc.freeze()  # the tracer's own collection then looks only at what the program made
    with folder_for_runs() as folders:
        try:
            while True:
                while len(running) < AT_ONCE and (program := next(waiting, None)):
                    with _no_interrupt():
                        running.append(_start(job, program, tempfile.mkdtemp(dir=folders), limit or seconds(program)))
                if not running:
                    return
                result = _result(running[0])
                with _no_interrupt():
                    run = running.popleft()
                    _end(run)
                yield run.program, result
        finally:
            with _no_interrupt():
                for run in running:
                    _end(run)
            gc.unfreeze()


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let Ctrl-C wait until the block ends: a fork would swallow it, and a program that nobody knows would run on."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def folder_for_runs() -> tempfile.TemporaryDirectory:
    """A new folder for runs, which goes with this process, or with the next run if this one is killed."""
    return tempfile.TemporaryDirectory(prefix=_FOLDERS.format(os.getpid()), ignore_cleanup_errors=True)


def remove_left_behind() -> None:
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(_FOLDERS.format("*") + "*"):
        match = re.match(_FOLDERS.format(r"(\d+)"), folder.name)
        if match and not process_runs(int(match[1])):
            shutil.rmtree(folder, ignore_errors=True)


@dataclasses.dataclass
class _Run:
    """A program that runs: its process, where its result comes from, its seconds, and when it must have ended."""

    program: Path
    process: BaseProcess
    receive: Connection
    limit: int
    until: float


def _start(job: Callable[[Path], str], program: Path, folder: str, limit: int) -> _Run:
    receive, send = _context.Pipe(duplex=False)
    process = _context.Process(target=_in_folder, args=(job, program, folder, send, limit))
    process.start()
    send.close()
    return _Run(program, process, receive, limit, time.monotonic() + limit)


def _result(run: _Run) -> str | ProgramFailed:
    """What a program's job gave, or why it gave nothing."""
    name = "/".join(run.program.parts[-3:])
    too_long = ProgramFailed(
        f"{name}: still runs after {run.limit} s and was ended: look for a loop, a lock or a thread that "
        "waits for ever, or make it do less"
    )
    try:
        if not run.receive.poll(max(0, run.until - time.monotonic())):
            return too_long
        result = run.receive.recv()
    except EOFError:
        return ProgramFailed(f"{name}: the process that ran it died; run it by itself")
    if isinstance(result, ProgramFailed):
        run.process.join(_GRACE)
        return result
    run.process.join(max(_GRACE, run.until - time.monotonic()))  # its threads may still run
    return too_long if run.process.is_alive() else result


def _end(run: _Run) -> None:
    """End a program that still runs: first so that it leaves its database, then in any case."""
    if run.process.is_alive():
        run.process.terminate()
        run.process.join(_GRACE)
        run.process.kill()
    run.process.join()
    run.receive.close()


def _terminated(number: int, frame: object) -> None:
    raise SystemExit(1)


def _in_folder(job: Callable[[Path], str], program: Path, folder: str, send: Connection, limit: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the run as a whole: see apart()
    signal.signal(signal.SIGTERM, _terminated)
    if hasattr(signal, "SIGALRM"):  # where the run is killed, nobody else ends this process
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit + 2 * _GRACE)
    os.chdir(folder)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("snippets", "tables")]:
        del sys.modules[name]  # the library makes its engine where it is first imported
    result: str | ProgramFailed
    try:
        # Flask and threads tell their errors to stderr.
        with databases.fresh(os.environ.get("DATABASE_URL")) as url, contextlib.redirect_stderr(io.StringIO()):
            if url:
                os.environ["DATABASE_URL"] = url
            limits = reach.confined(program, Path(folder), url) if is_story(program) else contextlib.nullcontext()
            with limits:
                result = job(program)
    except ProgramFailed as error:
        result = error
    except reach.OutOfReach as error:
        where = "/".join(program.parts[-3:]) + (f":{error.line}" if error.line else "")
        result = ProgramFailed(f"{where}: {error}")
    except BaseException as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(program)]
        where = "/".join(program.parts[-3:]) + (f":{frames[-1].lineno}" if frames else "")
        reason = (str(error) or "an assertion does not hold").splitlines()[0]
        module = ".".join(program.with_suffix("").parts[-3:])
        result = ProgramFailed(f"{where}: {type(error).__name__}: {reason}; run it: python -m {module}")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # what it has left running is ended without a word
    send.send(result)
