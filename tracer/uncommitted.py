"""Rows that were sent and that nobody else sees yet: what stands behind the glass of each connection after a stop.

`static/stepper/README.md` describes the boxes. Rows come from what the recorder knows of each statement; of textual SQL
only the table and the number of rows is known. What an upsert has done is not known before others see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracer import statements, unsent
from tracer.recording import Recording, State, rows_of

Row = dict[str, Any]
OPS = {"INSERT": "+", "REPLACE": "+", "MERGE": "+", "UPDATE": "~", "DELETE": "-"}
MAX_UNKNOWN = 30  # rows drawn of a statement whose rows are only counted


def how_it_ends(
    event: dict[str, Any], before: State, following: Sequence[dict[str, Any]] = (), after: State | None = None
) -> str:
    """`commit` or `rollback`; empty if the transaction stays open. `following`: the events after it in its stop.

    PostgreSQL answers the COMMIT of a failed transaction with a ROLLBACK, and no error. A COMMIT that is refused, as by
    a deferred constraint, ends in a rollback too, but on SQLite, if it is locked, the transaction stays open.
    """
    if event["event"] == "commit" and before.get("connections", {}).get(event["connection"]) == "failed":
        return "rollback"
    said = next((one for one in following if one["event"] in ("sql", "begin", "commit", "rollback", "exception")), {})
    if event["event"] == "commit" and "cause" in said:
        return "" if (after or {}).get("connections", {}).get(event["connection"]) == "open" else "rollback"
    return event["event"]


class Uncommitted:
    """What each connection has sent, as the stops of a story go by; `take` is called for each of them, in order."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.boxes: dict[str, dict[str, Any]] = {}  # connection → session, levels, whether a transaction has begun
        self._stop = self._count = 0
        self._upcoming: list[dict[str, Any]] = [event for step in recording.steps for event in step.events]

    def take(self, stop: int, events: list[dict[str, Any]], before: State, after: State) -> list[dict[str, Any]]:
        """The boxes after a stop."""
        self._stop, marks = stop, {}
        for number, event in enumerate(events):
            connection = event.get("connection")
            if connection:
                mark = marks.setdefault(connection, {})
                self._take(event, events[number:], mark, before, after)
        for connection in unsent.public_at_once(events, after):  # what it wrote is private no more
            if connection in self.boxes:
                self.boxes[connection]["levels"] = [[]]
            marks[connection].pop("discarded", None)
        drawn = []
        for connection in [*self.boxes, *(name for name in marks if name not in self.boxes)]:
            mark, box = marks.get(connection, {}), self.boxes.get(connection)
            if box is None and not (mark.get("discarded") or mark.get("ended") == "commit"):
                continue
            drawn.append(self._drawn(connection, box, mark, after))
        return drawn

    def _drawn(self, connection: str, box: dict[str, Any] | None, mark: Row, after: State) -> dict[str, Any]:
        status = after.get("connections", {}).get(connection, "")
        if box is None:
            status = "ended"
        elif status not in ("open", "idle", "failed"):  # the driver cannot tell
            status = "open" if box["begun"] else "idle"
        levels = [[dict(row) for row in level] for level in box["levels"]] if box else [[]]
        session = box["session"] if box else mark.get("session")
        said = {"connection": connection, "session": session, "status": status, "levels": levels}
        said |= {name: mark.get(name) for name in ("ended", "discarded", "refused", "cause")}
        return {name: value for name, value in said.items() if value}

    def _take(
        self, event: dict[str, Any], following: list[dict[str, Any]], mark: Row, before: State, after: State
    ) -> None:
        kind, connection = event["event"], event["connection"]
        if connection not in self.boxes and kind in ("checkout", "begin", "sql"):
            self.boxes[connection] = {"session": self._user(event), "levels": [[]], "begun": False}
        box = self.boxes.get(connection)
        if box is None:
            return
        if kind == "begin":
            box["begun"] = True
        elif kind == "sql":
            self._sent(event, following, box, mark, before, after)
        elif kind in ("commit", "rollback") and event.get("unsent"):
            box["levels"], box["begun"] = [[]], False  # there was no transaction: nothing became public, or was undone
        elif kind in ("commit", "rollback"):
            ended = how_it_ends(event, before, following[1:], after)
            if not ended:
                return
            if ended == "rollback":
                mark["discarded"] = [row for level in box["levels"] for row in level] + mark.get("discarded", [])
            mark["ended"], box["levels"], box["begun"] = ended, [[]], False
        elif kind in ("checkin", "invalidate"):
            mark["session"] = self.boxes.pop(connection)["session"]

    def _user(self, event: dict[str, Any]) -> str | None:
        """The first Session that uses a connection between now and when it is given back."""
        start = next((number for number, other in enumerate(self._upcoming) if other is event), 0)
        for other in self._upcoming[start:]:
            if other.get("connection") == event["connection"]:
                if "session" in other:
                    return other["session"]
                if other["event"] in ("checkin", "invalidate"):
                    break
        return None

    def _sent(self, event, following, box, mark: Row, before: State, after: State) -> None:
        verb, levels = statements.verb(event["sql"]), box["levels"]
        if verb == "SAVEPOINT":
            levels.append([])
        elif verb == "RELEASE SAVEPOINT" and len(levels) > 1:
            for row in levels.pop():
                _hold(levels[-1], row)
        elif verb == "ROLLBACK TO SAVEPOINT" and len(levels) > 1:
            mark["discarded"] = mark.get("discarded", []) + levels.pop()
        elif verb in OPS or event.get("wrote"):
            rows = list(self._rows(event, OPS.get(verb, "+"), levels, before, after))
            if "error" in event:
                mark["discarded"], mark["refused"] = mark.get("discarded", []) + rows, event["error"]
                if cause := self._cause(event, following, rows, before):
                    mark["cause"] = cause
            elif not statements.is_upsert(event["sql"]):
                for row in rows:
                    _hold(levels[-1], row)

    def _rows(
        self, event: dict[str, Any], op: str, levels: list[list[Row]], before: State, after: State
    ) -> Iterator[Row]:
        """The rows of a statement."""
        wrote = event.get("wrote")
        if wrote is None:
            wrote = [{"table": statements.table(event["sql"]), "count": event["rows"]}] if event.get("rows") else []
        for row in wrote:
            table, cells = row["table"], row.get("values", {})
            keys = [self.key(table, row["key"])] if "key" in row else self._all(row, op, levels, before)
            if not keys:
                key = self._key_of(table, cells)
                keys = [key] if op == "+" and key is not None else [None] * min(row.get("count", 1), MAX_UNKNOWN)
            for key in keys:
                self._count += 1
                label = self._object(table, key, cells, event, before, after)
                said = {"op": op, "table": table, "key": key, "cells": cells, "object": label, "step": self._stop}
                known = key is not None and "error" not in event
                said["id"] = f"{table}:{key}" if known else f"{table}:{self._stop}.{self._count}"
                yield {name: value for name, value in said.items() if value is not None}

    def _all(self, row: Row, op: str, levels: list[list[Row]], before: State) -> list[Any]:
        """The keys of all rows of a table, where a statement changed as many as there are: then it changed those."""
        seen = before.get("tables", {}).get(row["table"])
        if op == "+" or not isinstance(seen, list) or "count" not in row or any(isinstance(one, int) for one in seen):
            return []
        keys = {self.key_of_row(row["table"], one) for one in seen}
        for held in (one for level in levels for one in level if one["table"] == row["table"]):
            if "key" not in held:
                return []
            (keys.discard if held["op"] == "-" else keys.add)(held["key"])
        return sorted(keys, key=str) if len(keys) == row["count"] else []

    def key_of_row(self, table: str, cells: list[Any]) -> Any:
        """The key of a row that others see."""
        return self.key(table, self._in_order(table, cells))

    def _in_order(self, table: str, cells: list[Any]) -> list[Any]:
        """Of a row that others see, the values that tell it from others."""
        columns = self.recording.tables.get(table, {}).get("columns", [])
        key = self.recording.tables.get(table, {}).get("key", columns)
        return [cells[columns.index(name)] for name in key if columns.index(name) < len(cells)] or cells

    @staticmethod
    def key(table: str, values: list[Any]) -> Any:
        """A primary key as the stepper writes it: several values with a space between them."""
        return values[0] if len(values) == 1 else " ".join("" if value is None else str(value) for value in values)

    def _key_of(self, table: str, cells: dict[str, Any]) -> Any:
        """The key of a row of a table that has no primary key: all that it holds."""
        known = self.recording.tables.get(table, {})
        if known.get("key") or not known or any(name not in cells for name in known["columns"]):
            return None
        return self.key(table, [cells[name] for name in known["columns"]])

    def _object(
        self, table: str, key: Any, cells: dict[str, Any], event: dict[str, Any], before: State, after: State
    ) -> str | None:
        """The object whose row it is: of that key in the Session, or, refused, the one that has what was sent."""
        if "session" not in event:
            return None
        fitting = []
        for state in (after, before):
            for label, thing in state.get("objects", {}).items():
                if not thing or table not in self.recording.classes.get(label.partition("#")[0], ()):
                    continue
                if key is not None and "key" in thing and self.key(table, thing["key"]) == key:
                    if any(_session(one, label) == event["session"] for one in (before, after)):
                        return label
                elif "error" in event and _session(before, label) == event["session"] and "key" not in thing:
                    values = thing["values"]
                    if any(name in values for name in cells) and all(values.get(n, v) == v for n, v in cells.items()):
                        fitting.append(label)
        return fitting[0] if len(set(fitting)) == 1 else None

    def _cause(self, event, following, rows: list[Row], before: State) -> dict[str, Any] | None:
        """What was in the way of a refused row, as far as the driver's message and the rows there are tell."""
        said = (other for other in following if other["event"] == "exception" and other.get("cause") == event["error"])
        message = next(said, {}).get("message", "").lower()
        others = {name: box for name, box in self.boxes.items() if name != event["connection"] and any(box["levels"])}
        if "lock" in message and len(others) == 1:
            ((name, box),) = others.items()
            held = [row for level in box["levels"] for row in level]
            return {"waits_for": name} | (_alike(rows, [(row["id"], row["table"], row["cells"]) for row in held]) or {})
        if "unique" in message or "duplicate" in message:
            seen = []
            for table, shown in before.get("tables", {}).items():
                columns = self.recording.tables.get(table, {}).get("columns", [])
                for cells in rows_of(shown):
                    name = f"{table}:{self.key_of_row(table, cells)}"
                    seen.append((name, table, dict(zip(columns, cells, strict=False))))
            held = [row for box in self.boxes.values() for level in box["levels"] for row in level]
            seen += [(row["id"], row["table"], row["cells"]) for row in held if row["op"] == "+"]
            return _alike(rows, seen, message)
        return None


def _session(state: State, label: str) -> str | None:
    return (state.get("objects", {}).get(label) or {}).get("session")


def _alike(rows: list[Row], seen: list[tuple[str, str, dict[str, Any]]], message: str = "") -> dict[str, Any] | None:
    """The one row that has the same in a column which `message` names, where it is given, as a row that was refused."""
    found = {}
    for row in rows:
        for name, table, cells in seen:
            same = [
                column
                for column, value in row["cells"].items()
                if value is not None and cells.get(column) == value and (not message or column.lower() in message)
            ]
            if table == row["table"] and same:
                found[name] = same
    return {"row": next(iter(found)), "same": next(iter(found.values()))} if len(found) == 1 else None


def _hold(rows: list[Row], row: Row) -> None:
    """Add a row to those of a level; what was done to the same row before is one with it."""
    old = next((one for one in rows if "key" in row and one["id"] == row["id"]), None)
    if old is None:
        rows.append(row)
    elif row["op"] == "-" and old["op"] == "+":
        rows.remove(old)
    elif row["op"] == "-":
        old.update(row)
    elif old["op"] == "-":
        old.update(row, op="~")  # deleted, and there again
    else:
        old["cells"], old["step"] = {**old["cells"], **row["cells"]}, row["step"]
