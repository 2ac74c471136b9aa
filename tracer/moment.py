"""A step as sentences need it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracer.recording import State, Step


@dataclass
class Moment:
    """`before` and `after` are whole states, `code` is the first line of the step's statement."""

    step: Step
    events: list[dict[str, Any]]
    before: State
    after: State
    code: str
    name: Callable[[str], str]
    witnessed: bool = True
    calls: str = ""  # the program's own function that runs next, inside this statement
