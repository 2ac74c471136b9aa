"""The data of a story's stepper, as `static/stepper/README.md` describes them: made of a recording and its listing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tracer import calls, statements
from tracer.crossings import crossings, is_write
from tracer.facts import SIGN
from tracer.recording import MARK, MODULE, Recording, State, Step, rows_of
from tracer.slots import slots
from tracer.unsent import public_at_once, without_unsent

Stop = tuple[Step, list[dict[str, Any]], State, State]
_CUT = re.compile(r"\s*# --8<--")
_KINDS = ("objects", "sessions", "names", "tables")


def program(source: str) -> str:
    """A program as a reader needs it: without checked comments and the marks of sections and of the story."""
    kept = [
        line
        for line in source.splitlines()
        if not _CUT.match(line) and not line.lstrip().startswith(SIGN) and not line.startswith(MARK)
    ]
    return re.sub(r"\n{3,}", "\n\n\n", "\n".join(kept)).strip() + "\n"


def data(
    recording: Recording,
    program: str,
    stops: list[Stop],
    boxes: list[list[dict[str, Any]]],
    tables: set[str],
    code: Callable[[Step], str],
    words: dict[str, str],
    library: str = "",
) -> dict[str, Any]:
    """The data of the stops of a listing. `program`: what a reader may copy, after the file `library`; `boxes`: what is
    behind glass after each stop (uncommitted.py); `tables`: those that the story has to do with.
    """
    return _StepperData(recording, tables, code, words).all(program, stops, boxes, library)


def dumps(said: dict[str, Any]) -> str:
    """As JSON that may stand in a page."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


class _StepperData:
    def __init__(
        self, recording: Recording, tables: set[str], code: Callable[[Step], str], words: dict[str, str]
    ) -> None:
        self.recording, self.code, self.words = recording, code, words
        written = {row["table"] for step in recording.steps for event in step.events for row in event.get("wrote", ())}
        touched = (tables | written) - {"", "*"}
        self.tables = {name: known for name, known in recording.tables.items() if name in touched}

    def _keep_shown(self, states: list[State], rows: list[dict[str, Any]]) -> None:
        """Leaves out tables that never have a row, if others have; `rows`: all that ever were behind glass."""
        held = {name for state in states for name, seen in state.get("tables", {}).items() if seen}
        shown = [name for name in self.tables if name in held | {row["table"] for row in rows}] or list(self.tables)[:1]
        self.tables = {name: self.tables[name] for name in shown}

    def all(self, program: str, stops: list[Stop], boxes: list[list[dict[str, Any]]], library: str) -> dict[str, Any]:
        states, rows = [after for *_, after in stops], [row for held in boxes for box in held for row in _rows(box)]
        self._keep_shown(states, rows)
        drawn, last = [], []
        for stop, held in zip(stops, boxes, strict=True):
            said = self._stop(stop)
            if held != last:
                said["glass"] = last = held
            drawn.append(said)
        labels = {
            label.partition("#")[0]
            for stop in stops
            for label in (*stop[2].get("objects", {}), *stop[3].get("objects", {}))
        }
        classes = {name: tables[0] for name, tables in self.recording.classes.items() if tables and name in labels}
        everything = {
            "database": self.recording.database,
            "file": Path(self.recording.program).name,
            "program": program,
            "library": library,
            "open": _opening(stops, boxes),
            "slots": slots(states, boxes),
            "classes": classes,
            "variables": _variables(states),
            "tables": {
                name: self._columns(known) | {"widths": self._widths(name, states, rows)}
                for name, known in self.tables.items()
            },
            "initial": self._changes({}, self.recording.initial),
            "stops": drawn,
        }
        return {
            name: value
            for name, value in everything.items()
            if value or name in ("open", "initial", "stops", "tables", "classes")
        }

    @staticmethod
    def _columns(known: dict[str, list[str]]) -> dict[str, Any]:
        key = known.get("key", known["columns"])
        return {"columns": [*key, *(name for name in known["columns"] if name not in key)], "key": len(key)}

    def _widths(self, table: str, states: list[State], rows: list[dict[str, Any]]) -> list[int]:
        """Of each column, how many characters its longest value has, with a space; the picture cuts at 14."""
        columns = self._columns(self.tables[table])["columns"]
        witnessed = [state.get("tables", {}) for state in states]
        seen = [self._slim("tables", table, tables[table]) for tables in witnessed if table in tables]
        cells = [dict(zip(columns, row, strict=False)) for given in seen for row in rows_of(given)]
        cells += [row["cells"] for row in rows if row["table"] == table]
        return [max(2, *(_length(row.get(column)) for row in cells)) if cells else 2 for column in columns]

    def _stop(self, stop: Stop) -> dict[str, Any]:
        step, events, before, after = stop
        call, called_on = self._call(step, events, before, after)
        acts = sorted({event["session"] for event in events if "session" in event} | set(step.sessions))
        acts = acts or ([called_on] if called_on else [])
        sql = [event for event in without_unsent(events, after) if event["event"] == "sql"]
        sql = [event for event in sql if statements.verb(event["sql"]) != "BEGIN"]  # as little as SQLAlchemy's own
        left = step.kind in ("exit", "resume") and self.code(step).lstrip().startswith(("with ", "async with "))
        said = {
            "task": step.task,
            "file": step.file,
            "function": "" if step.function == MODULE else step.function,
            "call": call,
            "acts": acts,
            "uses": acts[0] if step.task and acts else "",
            "changes": self._changes(before, after),
            "sent": [self._sent(event) for event in sql],
            "crossed": crossings(events, before, after, call, left, self.words),
            "loaded": [
                label
                for event in events
                if event.get("change") == "loaded_as_persistent"
                for label in event["objects"]
                if after.get("objects", {}).get(label)  # it may have gone again
            ],
            "raised": [event["type"] for event in events if event["event"] == "exception"],
            "commits": sum(event["event"] == "commit" and not event.get("unsent") for event in events)
            + len(public_at_once(events, after)),
            "rollbacks": sum(event["event"] == "rollback" for event in events),
        }
        count = step.times * sum(event.get("times", 1) for event in sql)
        if count != len(sql):
            said["sql"] = count
        return {name: value for name, value in said.items() if value}

    def _call(self, step: Step, events: list[dict[str, Any]], before: State, after: State) -> tuple[str, str]:
        """The method that the line calls; at the end of a block the call that ends it."""
        if step.kind not in ("exit", "resume"):
            return calls.of(self.code(step), step.function, before, after)
        if not self.code(step).lstrip().startswith(("with ", "async with ")):
            return "", ""
        ends = [event["event"] for event in events if event["event"] in ("commit", "rollback")]
        if not ends and "nested" in _transactions(before) and "begun" in _transactions(after):
            return "begin_nested", ""
        return (ends[0] if ends else "close"), ""

    def _sent(self, event: dict[str, Any]) -> dict[str, Any]:
        said = {"verb": statements.verb(event["sql"])}
        said |= {name: event.get(name) for name in ("reason", "session", "connection", "error")}
        return {name: value for name, value in said.items() if value}

    def _changes(self, before: State, after: State) -> dict[str, dict[str, Any]]:
        """What differs, in short."""
        changes: dict[str, dict[str, Any]] = {}
        for kind in _KINDS:
            old = before.get(kind, {})
            for name, value in after.get(kind, {}).items():
                if kind == "tables" and name != "*" and name not in self.tables:
                    continue
                slim = self._slim(kind, name, value)
                if name not in old or self._slim(kind, name, old[name]) != slim:
                    changes.setdefault(kind, {})[name] = slim
            for name in old.keys() - after.get(kind, {}).keys():
                changes.setdefault(kind, {})[name] = None
        return changes

    def _slim(self, kind: str, name: str, value: Any) -> Any:
        if value is None:
            return None
        if kind == "objects":
            said = {key: value.get(key) for key in ("state", "session", "key", "values", "expired")}
            said["modified"] = list(value.get("modified", ()))
            return {key: part for key, part in said.items() if part or key == "values"}
        if kind == "sessions":
            listed = {
                key: [label for label in part if isinstance(label, str)] if isinstance(part, list) else part
                for key, part in value.items()
            }
            return {key: part for key, part in listed.items() if part}
        if kind == "tables" and isinstance(value, list) and name in self.tables:
            columns, order = self.tables[name]["columns"], self._columns(self.tables[name])["columns"]
            places = [columns.index(column) for column in order]
            rows = [[row[place] for place in places if place < len(row)] for row in rows_of(value)]
            return rows + [count for count in value if isinstance(count, int)]
        return value


def _transactions(state: State) -> list[str | None]:
    """What each Session has of a transaction."""
    return [session["transaction"] for session in state.get("sessions", {}).values() if session]


def _rows(box: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for level in box["levels"] for row in level] + list(box.get("discarded", ()))


def _variables(states: list[State]) -> list[list[str]]:
    """The variables that ever refer to an object, in the order in which they do: [scope, name]."""
    found: dict[tuple[str, str], None] = {}
    for state in states:
        for scope, names in state.get("names", {}).items():
            for name, value in (names or {}).items():
                if isinstance(value, str) and value.startswith("→") and "#" in value:
                    found[scope, name] = None
    return [list(variable) for variable in found]


def _length(value: Any) -> int:
    if not value:
        return 0
    shown = repr(value) if isinstance(value, str | bool | int | float) else "[…]"
    return min(14, len(shown) + 1)


def _opening(stops: list[Stop], boxes: list[list[dict[str, Any]]]) -> int:
    """The stop at which most happens, of those that are alike the first; rows that others do not see yet count most."""

    def score(number: int) -> float:
        _, events, before, after = stops[number]
        hidden = [row for box in boxes[number] for level in box["levels"] for row in level if row["step"] == number]
        was, now = before.get("objects", {}), after.get("objects", {})
        changed = [
            label for label, thing in now.items() if thing and (was.get(label) or {}).get("state") != thing["state"]
        ]
        sent = sum(is_write(event) for event in events)
        ended = any(event["event"] in ("commit", "rollback") for event in events)
        raised = any(event["event"] == "exception" for event in events)
        return 4 * bool(hidden) + min(sent, 3) + min(len(changed), 3) + 2 * ended + 2 * raised

    return max(range(len(stops)), key=lambda number: (score(number), -number), default=0)
