"""What the checks find: one line a fault, with the file, what is wrong, and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.content.repository import ROOT, Repository


@dataclass(frozen=True, order=True)
class Problem:
    """One fault. `path` is shown relative to the repository; `line` is 0 for the file as a whole."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{path.as_posix()}:{self.line}: {self.message}" if self.line else f"{path.as_posix()}: {self.message}"


Check = Callable[[Repository], Iterator[Problem]]
