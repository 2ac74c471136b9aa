"""Trace a program: `python -m tracer PROGRAM.py [its arguments]`, or `python -m tracer -m package.module`.

The program runs as without the tracer: its output, what it writes to stderr, and its exit status are its own. Only a
status of 0 becomes 1 if a checked comment (`#>`) in it does not hold, and 2 if there is nothing to show.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import importlib.util
import io
import os
import sys
import tokenize
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from typing import TextIO

from tracer import comments, ending, locale, text
from tracer.include import Include
from tracer.program import MAX_STEPS, record
from tracer.recording import Recording

INTERRUPTED = -1  # what `main` returns for a program that Ctrl-C has ended


class CannotTrace(Exception):
    """Why the program cannot be traced, in one line that names it."""


class _Ending:
    """How the program has ended."""

    def __init__(self, module: bool) -> None:
        self.module, self.status = module, 0

    def tell(self, error: BaseException | None) -> None:
        """Say it as Python does."""
        self.status = ending.tell(error, self.module)
        if isinstance(error, KeyboardInterrupt):
            self.status = INTERRUPTED


def main(arguments: list[str] | None = None, last: bool = False) -> int:
    """Run the command line. Returns the exit status. `last`: nothing else runs in this process afterwards."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.module:
        options.module, *options.arguments = options.module
    elif not options.program:
        parser.error("name a program, or a module with -m")
    process, ended = os.getpid(), _Ending(bool(options.module))
    try:
        name, source, include, run = _prepared(options)
        with _streams(options) as place:
            recording = run(ended=ended.tell, last=last)
            if os.getpid() != process:
                return ended.status  # of a child that the program has forked
            if recording.no_session:
                raise CannotTrace(f"{name}: nothing to show: it used no Session")
            problems = comments.check(source, recording)
            _show(options, recording, source, include, place)
    except CannotTrace as error:
        print(f"tracer: {error}", file=sys.stderr)
        return ended.status or 2
    finally:
        _explain(options.arguments)
    for problem in problems:
        print(f"{name}:{problem}", file=sys.stderr)
    return ended.status or (1 if problems else 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tracer",
        description="Run a program that uses a SQLAlchemy Session and show what that did, statement by statement.",
        epilog="Checked comments (#>) in the program are verified: see tracer/comments.py.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "-m",
        dest="module",
        nargs=argparse.REMAINDER,
        metavar="MODULE …",
        help="trace a module with its arguments, as python -m would run it",
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the recording itself")
    shown.add_argument("--html", metavar="FILE", help="write a page that stands alone")
    parser.add_argument("--lang", choices=locale.languages(), default="en", help="the language of that page")
    parser.add_argument(
        "--include",
        metavar="PACKAGE",
        action="append",
        default=[],
        help="step into this package too; into modules below the program's folder it steps anyway",
    )
    parser.add_argument(
        "--max-steps", metavar="N", type=_count, default=MAX_STEPS, help="how many (default: %(default)s)"
    )
    parser.add_argument(
        "--deadline", metavar="SECONDS", type=_seconds, default=0, help="stop recording then; the program goes on"
    )
    parser.add_argument("program", nargs="?", metavar="PROGRAM.py", help="the program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…", help="its arguments")
    return parser


def _prepared(options: argparse.Namespace) -> tuple[str, str, Include, Callable[..., Recording]]:
    """The name of the program, its source, what else is stepped into, and what runs it as Python would."""
    first = [] if sys.flags.safe_path else [os.getcwd()]
    if options.module:
        sys.path[: len(first)] = first
        spec = _spec(options.module)
        path = name = spec.origin or ""
        name = os.path.relpath(path) if not os.path.relpath(path).startswith("..") else path
        folder = os.getcwd()
    else:
        spec, path = None, options.program
        name, folder = path, os.path.dirname(os.path.realpath(path))
        sys.path[: len(first)] = [folder for _ in first]
    source = _source(path)
    try:
        compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line, said = getattr(error, "lineno", None) or 1, getattr(error, "msg", error)
        raise CannotTrace(f"{name}:{line}: does not parse: {said}") from None
    if options.html:
        _check_writable(options.html)
    sys.argv = [path, *options.arguments]
    include = Include(folder, path, options.include)
    limits = {"max_steps": options.max_steps, "deadline": options.deadline}
    return name, source, include, functools.partial(record, source, path, spec=spec, include=include, **limits)


@contextlib.contextmanager
def _streams(options: argparse.Namespace) -> Iterator[TextIO]:
    """Where the trace is printed. For --json that is standard output alone: there the program prints to stderr."""
    try:
        output = sys.stdout.fileno()
    except (OSError, AttributeError):
        output = -1
    if not options.json:
        yield sys.stdout
    elif output < 0 or sys.stdout is not sys.__stdout__:
        stdout, sys.stdout = sys.stdout, sys.stderr
        try:
            yield stdout
        finally:
            sys.stdout = stdout
    else:
        sys.stdout.flush()
        with open(os.dup(output), "w", encoding="utf-8") as place:
            os.dup2(sys.stderr.fileno(), output)  # what it starts prints there too
            yield place


def _explain(arguments: list[str]) -> None:
    """Say that an option of ours stands where those of the program do."""
    known = ("--json", "--html", "--lang", "--include", "--max-steps", "--deadline")
    if given := [argument for argument in arguments if argument.partition("=")[0] in known]:
        said = f"{', '.join(given)} went to the program: options of the tracer stand before its name"
        print(f"tracer: {said}", file=sys.stderr)


def _count(text: str) -> int:
    """A number of steps, for argparse."""
    if (count := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{count} is fewer than one step")
    return count


def _seconds(text: str) -> float:
    """A time, for argparse."""
    if (seconds := float(text)) <= 0:
        raise argparse.ArgumentTypeError(f"{text} is no time")
    return seconds


def _spec(module: str) -> ModuleSpec:
    try:
        spec = importlib.util.find_spec(module)
        if spec is not None and spec.submodule_search_locations is not None:
            spec = importlib.util.find_spec(f"{module}.__main__")
    except Exception as error:  # its package is imported, which may fail in any way
        raise CannotTrace(f"{module}: cannot be found: {type(error).__name__}: {error}") from None
    if spec is None or not spec.has_location:
        raise CannotTrace(f"{module}: there is no such module, or it is not written in Python")
    return spec


def _source(path: str) -> str:
    try:
        with tokenize.open(path) as file:  # knows the encoding that a program declares
            return file.read()
    except OSError as error:
        raise CannotTrace(f"{path}: cannot be read: {error.strerror}") from None
    except (SyntaxError, UnicodeDecodeError):
        raise CannotTrace(f"{path}: is no Python program: not text in the encoding it should have") from None


def _check_writable(path: str) -> None:
    """Fail before the program runs rather than lose what it did. An older page stays until the new one is there."""
    new = not os.path.exists(path)
    try:
        open(path, "a").close()
        if new:
            os.unlink(path)
    except OSError as error:
        raise CannotTrace(f"{path}: cannot be written: {error.strerror}") from None


def _show(options: argparse.Namespace, recording: Recording, source: str, include: Include, place: TextIO) -> None:
    sources = include.sources(step.file for step in recording.steps)
    if options.html:
        from tracer import html

        page = html.page(recording, source, options.lang, sources)
        try:
            with open(options.html, "w", encoding="utf-8", errors="replace") as file:
                file.write(page)
        except OSError as error:
            raise CannotTrace(f"{options.html}: cannot be written: {error.strerror}") from None
    elif options.json:
        _write(place, recording.dumps())
    else:
        color = place.isatty() and not os.environ.get("NO_COLOR")
        _write(place, text.render(recording, source, color, sources) + "\n")


def _write(place: TextIO, said: str) -> None:
    """Write where the encoding may not know all characters."""
    if isinstance(place, io.TextIOWrapper):
        place.reconfigure(errors="backslashreplace")
    place.write(said)
    place.flush()


def command() -> None:
    """Run the command line and end the process."""
    try:
        status = main(last=True)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 1
    if status == INTERRUPTED:
        ending.interrupt()
    sys.exit(status)


if __name__ == "__main__":
    command()
