"""Write down what stories do and tables compute: `python -m tools.commands.record [STORY …]`, or `make record`."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.content import writing
from tools.content.repository import Repository
from tools.run import changes, compare, databases, fingerprint, markers, recordings, table_data, variants
from tools.run.sandbox import ProgramFailed, apart
from tools.tables import proof_checks
from tracer import Recording, load, loads


def main(names: list[str], repository: Repository | None = None) -> int:
    """Record the stories and compute the tables named (paths, or parts of paths), or all; return the exit status.

    On another database or version only what has a file of its own there: recordings that stories declare, data.
    """
    try:
        place = variants.here()
        databases.check(os.environ.get("DATABASE_URL"))
        repository = repository or Repository()
        writing.remove_left_behind(repository.snippets, repository.root / "tables")
        return _record(names, repository, place)
    except (
        variants.AddressError,
        databases.NoServer,
        markers.MarkerError,
        ProgramFailed,
        writing.WriteFailed,
    ) as error:
        print(error)
        return 1


def _record(names: list[str], repository: Repository, place: str) -> int:

    def asked(path: Path, among: list[str] = names) -> bool:
        return not among or any(name in "/".join(path.parts[-3:]) for name in among)  # snippets/chapter/story.py

    for name in names:
        if not any(asked(path, [name]) for path in (*repository.stories, *table_data.programs(repository.root))):
            print(f"no story is called {name}: name one as in make record STORY=start/three_calls")
            return 1
    stories = [path for path in repository.stories if asked(path) and _has_own(path, place)]
    problems: list[str] = []
    programs = []
    for path in filter(asked, table_data.programs(repository.root)):
        try:
            programs += [path] if table_data.own_data(path, place) else []
        except table_data.SettingsError as error:
            problems.append(str(error))
    if not stories and not programs and not problems:
        remedy = "unset DATABASE_URL and use .venv, or declare the difference in the story"
        print(f"nothing of {' '.join(names) or 'these stories'} differs on {place}, so nothing is recorded: {remedy}")
        return 1
    written = 0
    writers = (
        _stories(stories, repository.root, place, problems),
        _tables(programs, repository.root, problems),
    )
    for writer in writers:
        for path, text in writer:
            writing.write(path, text)
            print(f"wrote {_shown(path, repository.root)}: read what changed before you commit it")
            written += 1
    for problem in problems:
        print(problem)
    for path in variants.orphans(repository):
        print(f"{_shown(path, repository.root)}: records no story; delete it")
    print(f"programs: {len(stories) + len(programs)}, files written: {written}, problems: {len(problems)}")
    return 1 if problems else 0


def _has_own(story: Path, place: str) -> bool:
    """Whether a story runs at a place, and has a recording of its own there or none at all."""
    own = variants.recordings(story)
    return markers.read(story).runs_on(place) and (not own or place in own)


# Each of these yields the files that no longer say what happens, with what they should say, and adds to `problems`.


def _stories(stories: Iterable[Path], root: Path, place: str, problems: list[str]) -> Iterator[tuple[Path, str]]:
    for story, result in apart(functools.partial(recordings.recorded_text, root=root), stories):
        if isinstance(result, ProgramFailed):
            problems.append(str(result))
            continue
        if not result:
            continue  # not recorded, but it ran, and nothing in it failed
        found = loads(result)
        problems += recordings.problems(story, found)
        path = variants.recording_of(story, place)
        if recorded_at := variants.place_of(story, path):  # the default tests do not make it again
            found.source = fingerprint.of(story)
            result = found.dumps()
        wrong = compare.file_problem(story, recorded_at, path)
        if not wrong and not compare.difference(story, load(path), found):
            continue
        if before := _readable(path):
            print(f"{_shown(path, root)} changes:")
            print(*(f"  {line}" for line in changes.told(before, found, story.read_text("utf-8"))), sep="\n")
            if unproven := list(_dropped(path, result, root)):
                problems += unproven
                continue
        yield path, result


def _dropped(path: Path, text: str, root: Path) -> Iterator[str]:
    """Why a recording may not become this text: tables that rely on what it would no longer show, a line a reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for table, where, said in proof_checks.dropped(path, text, root):
        reasons.setdefault((table, said), []).append(where)
    for (table, said), cells in reasons.items():
        more = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
        yield (
            f"{_shown(path, root)} is not written, for a table relies on what it would no longer show: mend the story, "
            f"or change the table first: {table}: {cells[0]}{more}: {said}"
        )


def _readable(path: Path) -> Recording | None:
    """What a file held so far; None if there is none, or no recording in it."""
    try:
        return load(path)
    except (OSError, ValueError):
        return None


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _tables(programs: Iterable[Path], root: Path, problems: list[str]) -> Iterator[tuple[Path, str]]:
    for program, result in apart(functools.partial(table_data.computed_text, root=root), programs):
        path = table_data.own_data(program)
        if isinstance(result, ProgramFailed):
            problems.append(str(result))
        elif not path.exists() or not table_data.same_data(path.read_text("utf-8"), result):
            yield path, result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
