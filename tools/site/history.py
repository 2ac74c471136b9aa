"""When each page was last changed, and by whom, read from git once for a build.

A page is made of its Markdown file, the stories that it shows, and the words and data of its tables; its last change is
the newest of theirs. The library that all stories share is left out: with it every page would change. Where git, the
repository or a part of the history is missing, nothing is said: a date that may be wrong helps nobody.
"""

import functools
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

BOT = "[bot]"  # how GitHub ends the names of those who are no people
SEPARATOR = "\x1e"  # in front of each commit in what git prints
FORMAT = f"{SEPARATOR}%as\x1f%aN"  # %aN: the author's name as .mailmap has it
SHOWN = re.compile(r'(?:^--8<-- "|\bstory=")([\w-]+/[\w/-]+\.py)', re.MULTILINE)
DRAWN = re.compile(r'^```(table|map|predict) +name="([^"]+)"', re.MULTILINE)
VARIABLE = re.compile(r"\{\w+\}")  # in the name that a table.toml gives its fences


@dataclass(frozen=True)
class Change:
    """One commit: the day as YYYY-MM-DD, the author's name, the files by the names that they have today."""

    day: str
    author: str
    files: frozenset[str]


@dataclass(frozen=True)
class PageHistory:
    """When a page was last changed, as YYYY-MM-DD, and by whom: those with most commits first."""

    changed: str
    contributors: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A kind of fence, the pattern of its name, and the files that hold its words and data."""

    kind: str
    name: str
    files: tuple[str, ...]


def pages(root: Path, language: str) -> dict[str, PageHistory]:
    """The history of each page of a language by its name, such as `states/five-states.md`; of new pages nothing."""
    by_file: dict[str, list[Change]] = {}
    for change in changes(root):
        for file in change.files:
            by_file.setdefault(file, []).append(change)
    if not by_file:
        return {}
    docs, tables = root / "docs" / language, _tables(root)
    found = {path.relative_to(docs).as_posix(): _of(_files(path, root, tables), by_file) for path in docs.rglob("*.md")}
    return {name: history for name, history in found.items() if history}


def changes(root: Path) -> tuple[Change, ...]:
    """Every commit of the whole history, the newest first; none where the history is missing or shallow."""
    state = _git(root, "rev-parse", "--is-shallow-repository", "HEAD").split()
    return _log(root, state[1]) if len(state) == 2 and state[0] == "false" else ()


@functools.lru_cache(maxsize=2)  # both languages of a build, and every change while pages are served
def _log(root: Path, head: str) -> tuple[Change, ...]:
    what = ("--no-merges", "--name-status", "--find-renames", "--relative")
    how = ("--no-color", "--no-show-signature", f"--format={FORMAT}")
    printed = _git(root, "-c", "core.quotePath=false", "log", *what, *how, head)
    today: dict[str, str] = {}  # names of files that were moved later, with those of today
    return tuple(_change(commit, today) for commit in printed.split(SEPARATOR)[1:])


def _change(commit: str, today: dict[str, str]) -> Change:
    """Read one commit, and remember what it has renamed. A file that was only moved is not changed by that."""
    head, *lines = commit.strip("\n").split("\n")
    day, author = head.split("\x1f")
    files = set()
    for line in filter(None, lines):
        status, *names = line.split("\t")
        name = today.get(names[-1], names[-1])
        if status.startswith("R"):
            today[names[0]] = name
        if status != "R100":
            files.add(name)
    return Change(day, author, frozenset(files))


def _of(files: Iterable[str], by_file: dict[str, list[Change]]) -> PageHistory | None:
    found = {change for file in files for change in by_file.get(file, ())}
    if not found:
        return None
    commits = Counter(change.author for change in found if not change.author.endswith(BOT))
    names = sorted(commits, key=lambda name: (-commits[name], name))
    return PageHistory(max(change.day for change in found), tuple(names))


def _files(path: Path, root: Path, tables: list[Table]) -> Iterator[str]:
    """The files that a page is made of, as paths below `root`."""
    text = path.read_text("utf-8", "replace")
    yield path.relative_to(root).as_posix()
    yield from (f"snippets/{story}" for story in SHOWN.findall(text))
    for kind, name in DRAWN.findall(text):
        yield from next((table.files for table in tables if table.kind == kind and fnmatchcase(name, table.name)), ())


def _tables(root: Path) -> list[Table]:
    """The tables that fences can name; those of a folder that cannot be read are left out, and a check names it."""
    found = []
    for path in sorted(root.glob("tables/*/table.toml")):
        files = tuple(file.relative_to(root).as_posix() for file in (path, *sorted(path.parent.glob("data*.json"))))
        try:
            fences = tomllib.loads(path.read_text("utf-8")).get("fences", {"table": [path.parent.name]})
        except ValueError:
            continue
        for kind, names in fences.items():
            found += [Table(kind, VARIABLE.sub("*", name), files) for name in names]
    return found


def _git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it is missing or refuses."""
    try:
        run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8")
    except OSError:
        return ""
    return run.stdout if run.returncode == 0 else ""
