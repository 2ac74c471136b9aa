"""Keep what a build has drawn and cut, for the next build: .cache/build.json, which may be deleted at any time.

What is kept is found by what it was made of, the programs of this house among it. So nothing grows old in there:
what has changed is made anew, and what a build no longer needs is dropped.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parent.parent
FILE = ROOT / ".cache" / "build.json"
Value = TypeVar("Value", str, list[str])


@functools.cache
def _programs() -> str:
    """What stands in the programs that draw and cut."""
    files = sorted([*(ROOT / "tools").glob("*.py"), *(ROOT / "tracer").glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


class Kept:
    """What the last build kept in `file`, and what this one needs of it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.needed: dict[str, str | list[str]] = {}

    @functools.cached_property
    def before(self) -> dict[str, str | list[str]]:
        try:
            return json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def get(self, make: Callable[[], Value], *made_of: str) -> Value:
        """What `make` returns, made only if it was not kept. `made_of`: all that its result depends on."""
        key = hashlib.sha256("\0".join([_programs(), *made_of]).encode()).hexdigest()
        if key not in self.needed:
            self.needed[key] = self.before[key] if key in self.before else make()
        return self.needed[key]

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
