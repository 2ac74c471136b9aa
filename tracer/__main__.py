"""Trace a program: `python -m tracer PROGRAM.py [its arguments]`, or `python -m tracer -m package.module`.

Exit status: 0; 1 if the program failed or a checked comment (`#>`) in it does not hold; 2 if it cannot be traced.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tokenize
from importlib.machinery import ModuleSpec

from tracer import comments, locale, text
from tracer.program import MAX_STEPS, record
from tracer.recording import Recording


class CannotTrace(Exception):
    """Why the program cannot be traced, in one line that names it."""


class _Prompts:
    """Passes on what the program shows in order to ask: the line that is not finished when it flushes its output."""

    def __init__(self) -> None:
        self.line = ""

    def write(self, said: str) -> None:
        self.line = (self.line + said).rpartition("\n")[2]

    def flush(self) -> None:
        sys.stderr.write(self.line)
        sys.stderr.flush()
        self.line = ""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not (options.module or options.program):
        parser.error("name a program, or a module with -m")
    if options.module and options.program:
        options.arguments.insert(0, options.program)
    try:
        name, recording, source = _traced(options)
        problems = comments.check(source, recording)
        _show(options, recording, source)
    except CannotTrace as error:
        print(f"tracer: {error}", file=sys.stderr)
        return 2
    for problem in problems:
        print(f"{name}:{problem}", file=sys.stderr)
    return 1 if problems or recording.uncaught else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tracer",
        description="Run a program that uses a SQLAlchemy Session and show what that did, statement by statement.",
        epilog="Checked comments (#>) in the program are verified: see tracer/comments.py.",
    )
    parser.add_argument("-m", dest="module", metavar="MODULE", help="trace a module, as python -m would run it")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the recording itself")
    shown.add_argument("--html", metavar="FILE", help="write a page that stands alone")
    parser.add_argument("--lang", choices=locale.languages(), default="en", help="the language of that page")
    parser.add_argument(
        "--max-steps", metavar="N", type=_count, default=MAX_STEPS, help="how many (default: %(default)s)"
    )
    parser.add_argument("program", nargs="?", metavar="PROGRAM.py", help="the program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…", help="its arguments")
    return parser


def _traced(options: argparse.Namespace) -> tuple[str, Recording, str]:
    """Run the program as Python would. Returns its name, what it did, and its source."""
    first = [] if sys.flags.safe_path else [os.getcwd()]
    if options.module:
        sys.path[: len(first)] = first
        spec = _spec(options.module)
        path = name = spec.origin or ""
        name = os.path.relpath(path) if not os.path.relpath(path).startswith("..") else path
    else:
        spec, path = None, options.program
        name = path
        sys.path[: len(first)] = [os.path.dirname(os.path.realpath(path)) for _ in first]
    source = _source(path)
    sys.argv = [path, *options.arguments]
    asks = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    try:
        recording = record(
            source,
            path,
            spec=spec,
            # A page leaves the terminal to the program's own output.
            echo=sys.stdout if options.html else _Prompts() if asks else None,  # type: ignore[arg-type]
            max_steps=options.max_steps,
            progress=_progress if sys.stderr.isatty() else lambda steps: None,
        )
    except SyntaxError as error:
        raise CannotTrace(f"{name}:{error.lineno or 1}: does not parse: {error.msg}") from None
    finally:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr)
    if recording.no_session:
        why = f"it ended with {recording.uncaught}" if recording.uncaught else "it used no Session"
        raise CannotTrace(f"{name}: nothing to show: {why}")
    return name, recording, source


def _count(text: str) -> int:
    """A number of steps, for argparse."""
    if (count := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{count} is fewer than one step")
    return count


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


def _show(options: argparse.Namespace, recording: Recording, source: str) -> None:
    if options.html:
        from tracer import html

        page = html.page(recording, source, options.lang)
        try:
            with open(options.html, "w", encoding="utf-8", errors="replace") as file:
                file.write(page)
        except OSError as error:
            raise CannotTrace(f"{options.html}: cannot be written: {error.strerror}") from None
    elif options.json:
        sys.stdout.write(recording.dumps())
    else:
        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        print(text.render(recording, source, color))


def _progress(steps: int) -> None:
    if steps % 20 == 0:
        print(f"\r{steps} steps", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
