"""Read snippets: their named sections, and the code that an include stands for.

The markers are those of pymdownx.snippets (`# --8<-- [start:name]` … `[end:name]`), read here a second
time because that extension forgets which line a section came from, and a failing block must name its line.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

MARKER = re.compile(r"^\s*# --8<-- \[(start|end):(\w+)\]\s*$")
INCLUDE = re.compile(r'^--8<-- "([^":]+)(?::(\w+))?"$')
STORY = "# --- story"
PATH = re.compile(r"(?:[a-z_][a-z0-9_]*/)*[a-z_][a-z0-9_]*\.py")  # of a snippet, below snippets/
CLOSING = "session.close()"
CHECKED = "#>"  # begins a comment that is checked


class SnippetError(Exception):
    """An include that leads nowhere, or a snippet whose markers do not match: one line, with the remedy.

    `path` and `line` say where the snippet is wrong; for an include that leads nowhere they are None.
    """

    def __init__(self, message: str, path: Path | None = None, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {message}" if path else message)
        self.message, self.path, self.line = message, path, line


@dataclass(frozen=True)
class Section:
    """A named part of a snippet; `first` and `last` are the line numbers of its code, counted from 1."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Include:
    """What stands between the quotes of an include line: a path below `snippets/` and perhaps a section."""

    path: str
    section: str | None

    def __str__(self) -> str:
        return f"{self.path}:{self.section}" if self.section else self.path


def story_lines(text: str) -> list[int] | None:
    """Return the numbers of the lines of code below `# --- story`; None where that line is missing.

    Empty lines, the marks of sections, and checked comments do not count, nor does the Session's end after the last
    section, which no page shows.
    """
    lines = text.splitlines()
    if STORY not in lines:
        return None
    found = [
        number
        for number, line in enumerate(lines, 1)
        if number > lines.index(STORY) + 1
        and not (not line.strip() or MARKER.match(line) or line.lstrip().startswith(CHECKED))
    ]
    ends = found and lines[found[-1] - 1] == CLOSING and found[-1] > 1 and MARKER.match(lines[found[-1] - 2])
    return found[:-1] if ends else found


def parse_include(line: str) -> Include | None:
    """Return the include on this line of a page, or None where the line is anything else."""
    match = INCLUDE.match(line.strip())
    return Include(match[1], match[2]) if match else None


def sections(path: Path) -> list[Section]:
    """Return the sections of a snippet in the order of the file.

    Raises SnippetError for a section without end, an end without start, a nested or a repeated section.
    """
    return _read(path, path.stat().st_mtime_ns)[1]


@functools.lru_cache(maxsize=256)
def _read(path: Path, changed: int) -> tuple[list[str], list[Section]]:
    """The lines and the sections of a snippet, read again only when it has changed."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise SnippetError("is not UTF-8: save it as UTF-8", path, 1) from None
    found: list[Section] = []
    opened: tuple[str, int] | None = None
    for number, line in enumerate(lines, 1):
        match = MARKER.match(line)
        if not match:
            continue
        kind, name = match.groups()
        if kind == "start":
            if opened:
                raise SnippetError(f"section '{name}' starts inside '{opened[0]}': end that one first", path, number)
            if name in [section.name for section in found]:
                raise SnippetError(f"a second section '{name}': give it a name of its own", path, number)
            opened = (name, number)
        else:
            if not opened or opened[0] != name:
                raise SnippetError(f"'{name}' ends here but is not open: write its start marker above", path, number)
            found.append(Section(name, opened[1] + 1, number - 1))
            opened = None
    if opened:
        name, number = opened
        raise SnippetError(f"section '{name}' has no end: write [end:{name}] below it", path, number)
    return lines, found


def locate(root: Path, include: Include) -> tuple[Path, int, int]:
    """Return the snippet's path, and the first and last line of what is included.

    Raises SnippetError if the file or the section is missing.
    """
    path = root / include.path
    if not PATH.fullmatch(include.path):
        what = f"'{include.path}' is no snippet's path"
        raise SnippetError(f"{what}: write one below snippets/, such as start/three_calls.py")
    if not path.is_file():
        raise SnippetError(f"no such snippet as snippets/{include.path}: mend the include, or write the snippet")
    lines, found = _read(path, path.stat().st_mtime_ns)
    if include.section:
        by_name = {section.name: section for section in found}
        if include.section not in by_name:
            there = ", ".join(by_name) or "none"
            raise SnippetError(
                f"no section '{include.section}' in snippets/{include.path} (there: {there}): mend the include"
            )
        return path, by_name[include.section].first, by_name[include.section].last
    return path, 1, len(lines)


def source(root: Path, include: Include) -> tuple[Path, str]:
    """Return the snippet's path and the included code, on the very lines where it stands in the file.

    Everything else in the file is blank, so that a traceback names the true line.
    Raises SnippetError if the file or the section is missing.
    """
    path, first, last = locate(root, include)
    lines, _ = _read(path, path.stat().st_mtime_ns)
    kept = [line if first <= number <= last and not MARKER.match(line) else "" for number, line in enumerate(lines, 1)]
    return path, "\n".join(kept).rstrip() + "\n"
