"""Record the stories: `python -m tools.recordings [STORY …]` writes the recording beside each of them.

Each story runs in a process of its own, forked from one that has imported SQLAlchemy, in an empty folder.
"""

from __future__ import annotations

import contextlib
import difflib
import gc
import io
import multiprocessing
import os
import re
import runpy
import sqlite3
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

# The stories need these: they are imported once, before the processes part.
import flask  # noqa: F401
import sqlalchemy.dialects.sqlite
import sqlalchemy.orm
from sqlalchemy import make_url

from tools import databases
from tools.checks import ROOT, SUFFIX, House
from tracer import facts, record, text
from tracer.recording import Recording, load, loads

AT_ONCE = os.cpu_count() or 1
BY_DATABASE = {"isolation"}  # programs of snippets/reference whose data differ: each database has a file of its own
BY_VERSION = {"changes"}  # the same for SQLAlchemy 2.0: changes.2.0.json
_VERSION = "sqlalchemy-"
_SESSION = re.compile(r"session '\d+'(?: \(this is '\d+'\))?")  # numbered over the whole process
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")  # of an object, in its repr
_SESSION = re.compile(r"session '\d+'(?: \(this is '\d+'\))?")  # numbered over the whole process
_SERVER = re.compile(r'^ "server": .*\n', re.MULTILINE)
_context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")


class StoryFailed(Exception):
    """A story that cannot be recorded: one line that names it, the reason and the remedy."""


def recording_path(story: Path) -> Path:
    """Where the recording of a story lies: beside it."""
    return story.with_suffix(SUFFIX)


def record_story(story: Path, root: Path = ROOT, echo: TextIO | None = None) -> Recording:
    """Run a story here and now, in the present folder, and record it; print to `echo` too. Raises StoryFailed."""
    name, source = story.relative_to(root).as_posix(), story.read_text("utf-8")
    sys.path.insert(0, str(root))
    try:
        recording = record(source, str(story), program=name.removeprefix("snippets/"), echo=echo)
    except SyntaxError as error:
        raise StoryFailed(f"{name}:{error.lineno}: does not parse: {error.msg}; mend it") from None
    finally:
        sys.path.remove(str(root))
    module = name.removesuffix(".py").replace("/", ".")
    if recording.uncaught:
        raise StoryFailed(f"{name}: ended with {recording.uncaught}; run it: python -m {module}")
    if recording.tracer_errors:
        raise StoryFailed(f"{name}: the tracer failed: {recording.tracer_errors[0]}; mend the tracer")
    if recording.truncated:
        count = len(recording.steps)
        raise StoryFailed(f"{name}: has more than {count} steps; move its loops above '# --- story' or shorten them")
    if recording.no_witness:
        raise StoryFailed(f"{name}: no other connection can look: {recording.no_witness}; use the library's engine")
    return recording


def run_story(story: Path, root: Path = ROOT) -> str:
    """Run a story here and now without the tracer, and return what the driver was sent and what was printed."""

    def run() -> None:
        _run(story, root)
        sqlalchemy.orm.close_all_sessions()  # so does the tracer with those that the story leaves open

    return _observed(run)


def run_recorded(story: Path, root: Path = ROOT) -> str:
    """Like run_story, with the tracer at work."""
    return _observed(lambda: record_story(story, root, echo=sys.stdout))


def _run(story: Path, root: Path) -> None:
    sys.path.insert(0, str(root))
    runpy.run_path(str(story), run_name="__main__")


def _observed(run: Callable[[], None]) -> str:
    """What each connection of sqlite3 was sent while `run` ran, and the output."""
    logs: list[list[str]] = []
    connect, output = sqlite3.connect, io.StringIO()

    def connect_and_log(*arguments, isolation_level="", **options):
        connection = connect(*arguments, isolation_level=isolation_level, **options)
        # Only the witness asks for this from the start.
        if isolation_level is not None:
            logs.append([])
            connection.set_trace_callback(logs[-1].append)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = connect_and_log
    try:
        with contextlib.redirect_stdout(output):
            run()
    finally:
        sqlite3.connect = sqlite3.dbapi2.connect = connect
    sent = "\n".join("\n".join(["-- a connection", *log]) for log in logs)
    printed = _SESSION.sub("session N", _ADDRESS.sub("0x…", output.getvalue()))
    return f"{sent}\n-- printed\n{printed}"


def apart(job: Callable[[Path], str], stories: Iterable[Path]) -> Iterator[tuple[Path, str | StoryFailed]]:
    """Do `job` for each story in a process and an empty folder of its own; yield the results in the given order."""
    running: deque = deque()
    waiting = iter(stories)
    gc.collect()
    gc.freeze()  # the tracer's own collection then looks only at what the story made
    while True:
        while len(running) < AT_ONCE and (story := next(waiting, None)):
            receive, send = _context.Pipe(duplex=False)
            process = _context.Process(target=_in_empty_folder, args=(job, story, send))
            process.start()
            send.close()
            running.append((story, process, receive))
        if not running:
            gc.unfreeze()
            return
        story, process, receive = running.popleft()
        try:
            result = receive.recv()
        except EOFError:
            result = StoryFailed(f"{story.name}: the process that ran it died; run it by itself")
        process.join()
        yield story, result


def _in_empty_folder(job: Callable[[Path], str], story: Path, send) -> None:
    with tempfile.TemporaryDirectory(prefix="story-") as folder:
        os.chdir(folder)
        for name in [name for name in sys.modules if name.partition(".")[0] == "snippets"]:
            del sys.modules[name]  # the library makes its engine where it is first imported
        result: str | StoryFailed
        try:
            # Flask and threads tell their errors to stderr.
            with databases.fresh(os.environ.get("DATABASE_URL")) as url, contextlib.redirect_stderr(io.StringIO()):
                if url:
                    os.environ["DATABASE_URL"] = url
                result = job(story)
        except StoryFailed as error:
            result = error
        except BaseException as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(story)]
            line = frames[-1].lineno if frames else 1
            reason = (str(error) or "an assertion does not hold").splitlines()[0]
            result = StoryFailed(f"{story.name}:{line}: {type(error).__name__}: {reason}; run it by itself")
        send.send(result)
        os.chdir("/")


def recorded_text(story: Path, root: Path = ROOT) -> str:
    """The text of a story's recording, made here and now. Raises StoryFailed."""
    return record_story(story, root).dumps()


def computed_text(program: Path, root: Path = ROOT) -> str:
    """What a program of snippets/reference prints, run here and now: its data."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        _run(program, root)
    return output.getvalue()


def server() -> str:
    """The database server that DATABASE_URL names; empty for SQLite."""
    url = os.environ.get("DATABASE_URL")
    name = make_url(url).get_backend_name() if url else "sqlite"
    return "" if name == "sqlite" else name


def data_path(program: Path, place: str | None = None) -> Path:
    """Where the data of a program lie: beside it. `place`: as tools.comparison says it; by default, here."""
    place = _place() if place is None else place
    if program.stem in BY_DATABASE and (database := server()):
        return program.with_suffix(f".{database}.json")
    if program.stem in BY_VERSION and place.startswith(_VERSION):
        return program.with_suffix(f".{place.removeprefix(_VERSION)}.json")
    return program.with_suffix(".json")


def _place() -> str:
    from tools import comparison  # which needs this module

    return comparison.here()


def same_data(before: str, now: str) -> bool:
    """Whether two texts hold the same data. The server's version is not compared."""
    return _SERVER.sub("", before) == _SERVER.sub("", now)


def difference(story: Path, expected: Recording, found: Recording) -> str:
    """Say where two recordings of a story first differ; empty if they tell the same. Versions are not compared."""
    source = story.read_text("utf-8")

    def told(recording: Recording) -> list[list[str]]:
        only = Recording("", "", "", initial=recording.initial)
        steps = [text.render(only, source).splitlines()]
        for number, step in enumerate(recording.steps, 1):
            lines = text.render(Recording("", "", "", steps=[step]), source).splitlines()
            steps.append([lines[0].replace("   1 ", f"{number:>4} ", 1), *lines[1:]])
        return steps

    for before, now in zip(told(expected), told(found), strict=False):
        if before != now:
            lines = [line for line in difflib.ndiff(before, now) if line[0] in "-+"]
            return "\n".join([now[0], *lines])
    if len(expected.steps) != len(found.steps):
        return f"{len(expected.steps)} steps are committed, {len(found.steps)} ran"
    same = (expected.steps, expected.initial) == (found.steps, found.initial)
    return "" if same else "the recordings differ in what their text does not show"


def problems(story: Path, found: Recording) -> list[str]:
    """The facts of a story that do not hold, a line each, with the file."""
    name = story.relative_to(ROOT).as_posix()
    try:
        return [f"{name}:{problem}" for problem in facts.check(story.read_text("utf-8"), found)]
    except facts.FactError as error:
        return [f"{name}: {error}"]


def orphans() -> list[Path]:
    """The recordings that belong to no story, and to no place that a story declares."""
    from tools import comparison

    stories = House().stories
    known = {path for story in stories for path in (recording_path(story), *comparison.variants(story).values())}
    return sorted(set(ROOT.glob(f"snippets/*/*{SUFFIX}")) - known)


def main(names: list[str]) -> int:
    """Record the stories named (paths, or parts of paths), or all.

    On another database or version only what has a file of its own there: recordings that stories declare, data.
    """
    from tools import comparison, versions  # which need this module

    house, place = House(), comparison.here()
    stories, references = (
        [path for path in paths if not names or any(name in str(path) for name in names)]
        for paths in (house.stories, house.references)
    )
    if place:
        stories = [path for path in stories if place in comparison.declared(path)]
        references = [path for path in references if data_path(path) != path.with_suffix(".json")]
    compares = place == versions.HERE and (not names or any(name in str(versions.DATA) for name in names))
    if not stories and not references and not compares:
        print(f"no story is called {' '.join(names)}; name one as in snippets/states/five_states.py")
        return 1
    written = failed = 0
    for story, result in apart(recorded_text, stories):
        if isinstance(result, StoryFailed):
            print(result)
            failed += 1
            continue
        for problem in problems(story, loads(result)):
            print(problem)
            failed += 1
        path = comparison.recording_of(story, place)
        before = load(path) if path.exists() else None
        if before is None or difference(story, before, loads(result)):
            path.write_text(result, "utf-8")
            print(f"recorded {path.relative_to(ROOT).as_posix()}: read what changed before you commit it")
            written += 1
    for program, result in apart(computed_text, references):
        path = data_path(program)
        if isinstance(result, StoryFailed):
            print(result)
            failed += 1
        elif not path.exists() or not same_data(path.read_text("utf-8"), result):
            path.write_text(result, "utf-8")
            print(f"computed {path.relative_to(ROOT).as_posix()}: read what changed before you commit it")
            written += 1
    if compares:
        try:
            written += versions.write(house.stories)
        except versions.StoryFailed as error:  # as a program, this module is there twice
            print(error)
            failed += 1
    for path in orphans():
        print(f"{path.relative_to(ROOT).as_posix()}: records no story; delete it")
    print(f"{len(stories) + len(references)} programs, {written} recordings written, {failed} problems")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
