"""Runs a reader's program in the browser: the worker calls `run`, once in the life of a Python.

What it returns is data for the page, which trusts none of it: the program could have made it, too.
"""

import builtins
import io
import json
import os
import random
import sys
import traceback
from typing import Any

import sqlalchemy.dialects.sqlite  # noqa: F401  so that the snapshot of this Python has it
import sqlalchemy.orm  # noqa: F401

from tracer import check, record, render_html, render_text
from tracer.running import DeadlineExceeded

PROGRAM = "/program/program.py"
MAX_OUTPUT = 20_000  # characters
MAX_FRAMES = 16  # of a traceback, half of them from each end
MAX_TRACEBACK = 4_000  # characters
NAME = "program"  # of the stepper on its page
DRIVERS = (
    *("psycopg", "psycopg2", "asyncpg", "pg8000", "pymysql", "MySQLdb", "aiomysql"),
    *("asyncmy", "mariadb", "mysql", "oracledb", "pyodbc", "pymssql"),
)
NO_INPUT = "input() has nobody to ask here"


class Beginning(io.TextIOBase):
    """A stream that keeps the first MAX_OUTPUT characters and counts the others."""

    def __init__(self) -> None:
        self.text, self.size = "", 0

    def write(self, text: str) -> int:
        self.text += text[: max(0, MAX_OUTPUT - self.size)]
        self.size += len(text)
        return len(text)


def run(source: str, language: str, seconds: float) -> str:
    """Run a program for so many seconds at most; return as JSON what there is to show of it.

    `output`, `stderr`: the beginning of each stream; `output_size`: how many characters there were. `error`: what ended
    the program, see `_error`, or null. `steps`: how many there are; if any, `html`, `text` and `stopped` (why recording
    stopped before the program did). `session`: whether it used one. `problems`: the checked comments that do not hold.
    `tracer`: what failed in the tracer.
    """
    random.seed()  # the snapshot of this Python holds one state for all runs
    os.makedirs("/program", exist_ok=True)
    os.chdir("/program")
    sys.path[0:1] = ["/program"]
    sys.argv = [PROGRAM]
    with open(PROGRAM, "w", encoding="utf-8") as file:
        file.write(source)
    output, errors = Beginning(), Beginning()
    ended_by: list[BaseException] = []
    streams = sys.stderr, sys.stdin, builtins.input
    sys.stderr, sys.stdin, builtins.input = errors, io.StringIO(), _no_input
    found: dict[str, Any] = {"steps": 0, "session": False, "error": None, "problems": [], "tracer": []}
    try:
        recording = record(
            source, PROGRAM, echo=output, deadline=seconds, end_at_deadline=True, uncaught=ended_by.append
        )
        found |= {
            "session": not recording.no_session,
            "problems": [str(problem) for problem in check(source, recording)],
            "tracer": recording.tracer_errors,
        }
        if ended_by:
            found["error"] = _error(ended_by[0])
            if isinstance(ended_by[0], DeadlineExceeded):
                recording.uncaught = ""  # the page says it
        if recording.steps and not recording.no_session:
            found |= {
                "steps": len(recording.steps),
                "stopped": recording.stopped,
                "html": render_html(recording, source, language, NAME),
                "text": render_text(recording, source),
            }
    except SyntaxError as error:
        text = "".join(traceback.format_exception_only(error)).replace(f'File "{PROGRAM}", line', "line").strip("\n")
        found["error"] = {"kind": "syntax", "name": "", "line": error.lineno or 1, "text": text}
    finally:
        sys.stderr, sys.stdin, builtins.input = streams
    found |= {"output": output.text, "output_size": output.size, "stderr": errors.text}
    return json.dumps(found)


def _no_input(prompt: object = "") -> str:
    raise EOFError(NO_INPUT)


def _error(error: BaseException) -> dict[str, Any] | None:
    """What ended a program: its `kind`, the `name` of what it lacks, the `line`, and as `text` the traceback.

    Only the program's own frames are told. None if the program has ended itself without saying that it failed.
    """
    if isinstance(error, SystemExit) and error.code in (None, 0):
        return None
    told = traceback.TracebackException.from_exception(error, compact=True)
    frames = [frame for frame in told.stack if frame.filename == PROGRAM]
    lines = [f"line {frame.lineno}, in {frame.name}: {(frame.line or '').strip()}" for frame in frames]
    if len(lines) > MAX_FRAMES:
        half = MAX_FRAMES // 2
        lines[half:-half] = [f"… {len(lines) - MAX_FRAMES} more"]
    kind, name = _kind(error)
    if kind == "time":
        lines = []
    else:
        lines += "".join(told.format_exception_only()).rstrip().splitlines()
    line = frames[-1].lineno if frames else 0
    return {"kind": kind, "name": name, "line": line, "text": "\n".join(lines)[:MAX_TRACEBACK]}


def _kind(error: BaseException) -> tuple[str, str]:
    """Why a program may have failed here, and the name of the module that it lacks or of how it exits."""
    message = str(error)
    match error:
        case DeadlineExceeded():
            return "time", ""
        case SystemExit():
            return "exit", f"SystemExit: {error.code}"
        case EOFError() if message == NO_INPUT:
            return "input", ""
        case ModuleNotFoundError():
            name = (error.name or "").partition(".")[0]
            return ("driver" if name in DRIVERS else "asyncio" if name in ("greenlet", "aiosqlite") else "module"), name
        case MemoryError():
            return "memory", ""
    if "greenlet" in message and isinstance(error, (ImportError, ValueError)):
        return "asyncio", ""
    if "stack switching" in message and isinstance(error, RuntimeError):
        return "asyncio", ""
    if "start new thread" in message and isinstance(error, RuntimeError):
        return "thread", ""
    return "error", ""
