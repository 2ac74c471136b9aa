"""The packages that we name (requirements.in and the like), and the locks that hold what they need, with hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_NAMED = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,.-]+\])?(?P<version>[^\s#]*)\s*(?:#\s*(?P<reason>.*))?")
_LOCKED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?:\s*;(?P<marker>[^\\]*))?\s*\\?")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Named:
    """A package that we chose."""

    name: str
    version: str  # with its sign, as in ==2.1.9; empty where none is written
    reason: str
    path: Path
    line: int


@dataclass
class Locked:
    """A package in a lock."""

    name: str
    version: str
    line: int
    hashes: int = 0
    via: list[str] = field(default_factory=list)  # who needs it: packages, and files as in `-r requirements.in`


@dataclass(frozen=True)
class Unread:
    """A line that is none of these."""

    path: Path
    line: int
    text: str


def normal(name: str) -> str:
    """A package's name, written in the one way that indexes compare."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(path: Path) -> list[Named | Unread]:
    """What a file of ours names, and what the files name that it includes. Raises OSError."""
    found: list[Named | Unread] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("-r "):
            found += named(path.parent / text.removeprefix("-r ").strip())
        elif match := _NAMED.fullmatch(text):
            found.append(Named(normal(match["name"]), match["version"], match["reason"] or "", path, number))
        else:
            found.append(Unread(path, number, text))
    return found


def locked(path: Path) -> tuple[dict[str, Locked], list[Unread]]:
    """What a lock holds, by name, and the lines that are none of a lock. Raises OSError."""
    found: dict[str, Locked] = {}
    unread = []
    package = Locked("", "", 0)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if not line.startswith((" ", "#")) and (match := _LOCKED.fullmatch(text)):
            package = found[normal(match["name"])] = Locked(normal(match["name"]), match["version"], number)
        elif _HASH.fullmatch(text.removesuffix("\\").strip()):
            package.hashes += 1
        elif line.startswith("    #"):
            package.via += [via for via in [text.lstrip("# ").removeprefix("via").strip()] if via]
        elif text and not line.startswith("#"):
            unread.append(Unread(path, number, text))
    return found, unread
