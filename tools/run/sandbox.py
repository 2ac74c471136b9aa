"""Run programs apart from each other: each in a process, an empty folder and an empty database of its own."""

from __future__ import annotations

import contextlib
import gc
import io
import multiprocessing
import os
import runpy
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tools.content.repository import ROOT
from tools.run import databases

AT_ONCE = os.cpu_count() or 1
_context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


class ProgramFailed(Exception):
    """A program that cannot be run or recorded: one line that names it, the reason and the remedy."""


def run(program: Path, root: Path = ROOT) -> None:
    """Run a program here and now, in the present folder."""
    sys.path.insert(0, str(root))
    runpy.run_path(str(program), run_name="__main__")


def apart(job: Callable[[Path], str], programs: Iterable[Path]) -> Iterator[tuple[Path, str | ProgramFailed]]:
    """Do `job` for each program in a process and an empty folder of its own; yield the results in the given order."""
    # The programs need these: they are imported once, before the processes part.
    import flask  # noqa: F401
    import sqlalchemy.dialects.sqlite
    import sqlalchemy.orm  # noqa: F401

    running: deque = deque()
    waiting = iter(programs)
    gc.collect()
    gc.freeze()  # the tracer's own collection then looks only at what the program made
    while True:
        while len(running) < AT_ONCE and (program := next(waiting, None)):
            receive, send = _context.Pipe(duplex=False)
            process = _context.Process(target=_in_empty_folder, args=(job, program, send))
            process.start()
            send.close()
            running.append((program, process, receive))
        if not running:
            gc.unfreeze()
            return
        program, process, receive = running.popleft()
        try:
            result = receive.recv()
        except EOFError:
            result = ProgramFailed(f"{program.name}: the process that ran it died; run it by itself")
        process.join()
        yield program, result


def _in_empty_folder(job: Callable[[Path], str], program: Path, send) -> None:
    with tempfile.TemporaryDirectory(prefix="story-") as folder:
        os.chdir(folder)
        for name in [name for name in sys.modules if name.partition(".")[0] in ("snippets", "tables")]:
            del sys.modules[name]  # the library makes its engine where it is first imported
        result: str | ProgramFailed
        try:
            # Flask and threads tell their errors to stderr.
            with databases.fresh(os.environ.get("DATABASE_URL")) as url, contextlib.redirect_stderr(io.StringIO()):
                if url:
                    os.environ["DATABASE_URL"] = url
                result = job(program)
        except ProgramFailed as error:
            result = error
        except BaseException as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(program)]
            where = "/".join(program.parts[-3:]) + (f":{frames[-1].lineno}" if frames else "")
            reason = (str(error) or "an assertion does not hold").splitlines()[0]
            module = ".".join(program.with_suffix("").parts[-3:])
            result = ProgramFailed(f"{where}: {type(error).__name__}: {reason}; run it: python -m {module}")
        send.send(result)
        os.chdir("/")
