"""The executions of each statement of a program, with what happened in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracer.recording import UNUSED, Recording, State, Step


@dataclass
class Run:
    """One execution of a statement, or of its header or exit: its events and the states around it.

    `line`: the statement's first one, of `file` if that is not the program's own. `about`: whole | header
    (of a block) | exit (of a `with` block).
    `in_use`: how many connections are taken from the pool after it. `step`: the index of its first step.
    """

    line: int
    about: str
    function: str
    events: list[dict[str, Any]]
    state: State
    in_use: int
    before: State
    step: int
    file: str = ""


def over(first: Run, last: Run) -> Run:
    """What `last` did, with the state before `first`: what has become of a thing since."""
    return dataclasses.replace(last, before=first.before)


def runs(recording: Recording) -> Iterator[Run]:
    """Every execution of every statement, in the order in which they begin."""
    steps, states, in_use = recording.steps, [], []
    initial = {kind: dict(values) for kind, values in recording.initial.items()}
    for state in recording.states():
        states.append({kind: dict(values) for kind, values in state.items()})
        if recording.no_witness:
            states[-1]["tables"] = {"*": f"there is no other connection: {recording.no_witness}"}
        in_use.append(sum(1 for value in state.get("connections", {}).values() if value not in UNUSED))
    for start, first in enumerate(steps):
        if first.kind in ("exit", "resume"):
            continue
        inside = [start]
        for index in range(start + 1, len(steps)):
            step = steps[index]
            if step.task != first.task:
                continue
            same = (step.file, step.lines) == (first.file, first.lines)
            ends_here = step.depth == first.depth and same and step.kind in ("exit", "resume")
            if step.depth < first.depth or (step.depth == first.depth and not ends_here):
                break
            inside.append(index)
        parts = {"whole": inside}
        if first.kind in ("with", "for", "while", "if", "match", "except"):
            # Up to the first statement of the body: functions that it called included.
            body = next((number for number, i in enumerate(inside) if _is_body(steps[i], first)), len(inside))
            parts["header"] = inside[:body]
        if first.kind == "with":
            # After the last statement of the body: what leaving the block did, functions it called included.
            body_ended = max((i for i in inside if _is_body(steps[i], first)), default=start)
            parts["exit"] = [index for index in inside if index > body_ended]
        for about, indexes in parts.items():
            last = indexes[-1] if indexes else inside[-1]
            # A step in it may stand for many that are alike.
            events = [e for i in indexes for e in steps[i].events * max(1, steps[i].times // first.times)]
            begun = indexes[0] if indexes else last
            before = states[begun - 1] if begun else initial
            yield Run(
                first.lines[0], about, first.function, events, states[last], in_use[last], before, begun, first.file
            )


def _is_body(step: Step, around: Step) -> bool:
    same = (step.file, step.function) == (around.file, around.function)
    return same and step.depth > around.depth and step.lines[0] > around.lines[0]
