"""Keep what a build has checked, rendered and cut, for the next build.

It is kept in .cache/build.json, which may be deleted at any time.

What is kept is found by what it was made of, the programs of this repository among it. So nothing grows old in there:
what has changed is made anew, and what a build no longer needs is dropped.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from tools.content.repository import ROOT

FILE = ROOT / ".cache" / "build.json"
Value = TypeVar("Value", bound=list | dict | None)


def contents(files: Iterable[Path]) -> str:
    """A hash of files, by their paths and what stands in them."""
    return hashlib.sha256(b"\0".join(part for file in files for part in (bytes(file), file.read_bytes()))).hexdigest()


@functools.cache
def _programs() -> str:
    """What stands in the programs that check, render and cut."""
    return contents(sorted([*(ROOT / "tools").glob("*.py"), *(ROOT / "tracer").glob("*.py")]))


class Kept:
    """What the last build kept in `file`, and what this one needs of it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.needed: dict[str, list | dict] = {}

    @functools.cached_property
    def before(self) -> dict[str, list | dict]:
        try:
            return json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def get(self, make: Callable[[], Value], *made_of: str) -> Value:
        """What `make` returns, made only if it was not kept. `made_of`: all that its result depends on.

        `make` returns something that JSON can hold, or None, which is not kept.
        """
        key = hashlib.sha256("\0".join([_programs(), *made_of]).encode()).hexdigest()
        if key in self.needed:
            return self.needed[key]
        value = self.before[key] if key in self.before else make()
        if value is not None:
            self.needed[key] = value
        return value

    def save(self) -> None:
        """End a build. Where nothing can be written, the next one makes everything again."""
        if self.needed.keys() != self.before.keys():
            with contextlib.suppress(OSError):
                self.file.parent.mkdir(exist_ok=True)
                new = self.file.with_suffix(f".{os.getpid()}")
                new.write_text(json.dumps(self.needed, ensure_ascii=False), "utf-8")
                new.replace(self.file)
        self.before, self.needed = self.needed, {}


builds = Kept(FILE)
