"""Watch a few lines of a program: what the programs that compute tables use.

`statements()` hears every statement. `recorded()` traces lines instead, where the states of objects are wanted too.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tracer import record
from tracer import statements as verbs


class CellFailed(Exception):
    """A cell that cannot be computed: its table, row and column, and why."""


@contextmanager
def listening(target: Any, name: str, listener: Callable[..., Any]) -> Iterator[None]:
    """Let `listener` hear SQLAlchemy's event `name` of `target` until the block ends."""
    event.listen(target, name, listener)
    try:
        yield
    finally:
        event.remove(target, name, listener)


@contextmanager
def statements(note: Callable[[str, Any], None]) -> Iterator[None]:
    """Call `note(sql, parameters)` for every statement that any engine sends, before it is sent, in the block."""

    def before(connection: Any, cursor: Any, sql: str, parameters: Any, *rest: Any) -> None:
        note(sql, parameters)

    with listening(Engine, "before_cursor_execute", before):
        yield


def recorded(setup: str, lines: str) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """Record `lines` after `setup`: what there was, what happened, and what there is afterwards. Raises CellFailed."""
    recording = record(f"{setup}\n# --- story\n{lines}\n", "cell.py")
    if recording.tracer_errors or not recording.steps:
        reason = recording.tracer_errors[0] if recording.tracer_errors else recording.uncaught
        raise CellFailed(f"{lines.strip()!r} was not recorded: {reason}")
    *_, after = recording.states()
    return recording.initial, [event for step in recording.steps for event in step.events], after


def variable(after: dict[str, Any], name: str) -> tuple[str, dict[str, Any]]:
    """The label and the record of the object that the program calls `name`."""
    label = after["names"]["<module>"][name].removeprefix("→")
    return label, after["objects"][label]


def sent(events: list[dict[str, Any]]) -> Iterator[str]:
    """Verb and table of what was sent, and the ends of transactions."""
    for one in events:
        if one["event"] == "sql":
            yield verbs.summary(one["sql"])
        elif one["event"] in ("begin", "commit", "rollback"):
            yield one["event"].upper()


def trouble(events: list[dict[str, Any]]) -> dict[str, Any]:
    """The exception and the warning among `events`, if there are any. A driver's message differs: it is left out."""
    told: dict[str, Any] = {}
    for one in events:
        if one["event"] == "exception":
            message = "" if "cause" in one else one["message"]
            told["error"] = {"type": one["type"], "message": message}
        elif one["event"] == "warning":
            told["warning"] = {"type": one["category"], "message": one["text"].partition("\n")[0]}
    return told


def table(rows: Any, columns: Any, cell: Callable[[Any, Any], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Compute every cell. Raises CellFailed, naming row and column."""
    computed: dict[str, dict[str, Any]] = {}
    gc.collect()
    gc.freeze()  # the collection before each run then looks only at what is new
    for row in rows:
        computed[row] = {}
        for column in columns:
            try:
                computed[row][column] = cell(row, column)
            except CellFailed as error:
                raise CellFailed(f"{row} × {column}: {error}") from None
    gc.unfreeze()
    return computed
