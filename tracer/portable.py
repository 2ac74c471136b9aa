"""What a recording says that should not depend on the database, the driver or the SQLAlchemy 2.x version.

Kept: which step ran, and which Sessions it used; of each statement verb, table, reason, Session, whether it failed, and
the rows that it wrote; begin, commit and rollback; changes of state, expiries and refreshes; output; warnings' and
exceptions' types; objects, Sessions, variables and what another connection sees, after each step.

Left out, because databases and drivers go their own ways: the SQL's wording and parameters, RETURNING and row counts,
how many INSERTs carry several rows, the pool and the driver's own transaction, the text of errors and warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tracer import statements
from tracer.recording import Recording, Step

_DRIVER = re.compile(r"^\([\w.]+\) ")  # "(sqlite3.IntegrityError) UNIQUE …": who raised it
_RAISER = re.compile(r"\([\w.]+\) $")
_KEPT = ("objects", "sessions", "names", "tables")
DRIVER_MESSAGE = "<the driver's message>"


def portable(recording: Recording) -> list[dict[str, Any]]:
    """The steps of `recording`, reduced to what should be the same everywhere; before them what there was at first."""
    first = {kind: recording.initial.get(kind, {}) for kind in _KEPT}
    messages: list[str] = []
    return [first, *(_step(step, messages) for step in recording.steps)]


def _step(step: Step, messages: list[str]) -> dict[str, Any]:
    return {
        "lines": list(step.lines),
        "kind": step.kind,
        "task": step.task,
        **({"file": step.file} if step.file else {}),
        **({"times": step.times} if step.times > 1 else {}),
        "sessions": step.sessions,
        "events": list(_events(step.events, messages)),
        **{kind: step.changes[kind] for kind in _KEPT if kind in step.changes},
    }


def _events(events: list[dict[str, Any]], messages: list[str]) -> Iterator[dict[str, Any]]:
    before: dict[str, Any] = {}
    for event in events:
        kept = _event(event, messages)
        if not kept:
            continue
        if kept.get("sql", "").startswith("INSERT") and {**kept, "wrote": 0} == {**before, "wrote": 0}:
            before["wrote"] += kept["wrote"]
            continue
        if before:
            yield before
        before = kept
    if before:
        yield before


def _event(event: dict[str, Any], messages: list[str]) -> dict[str, Any] | None:
    match event["event"]:
        case "sql":
            said = {"event": "sql", "sql": statements.summary(event["sql"])}
            said |= {name: event.get(name) for name in ("reason", "session")}
            return said | {"failed": "error" in event, "wrote": list(event.get("wrote", ()))}
        case "begin" | "commit" | "rollback":
            return {"event": event["event"], "session": event.get("session")}
        case "checkout" | "checkin" | "invalidate":
            return None
        case "warning":
            return {"event": "warning", "category": event["category"]}
        case "exception":
            if "cause" in event:
                messages.append(_DRIVER.sub("", event["message"]))
            return {"event": "exception", "type": event["type"]}
        case "output":
            return {"event": "output", "text": _without_messages(event["text"], messages)}
    return event


def _without_messages(text: str, messages: list[str]) -> str:
    for message in messages:
        before, found, _ = text.partition(message)
        if message and found:
            return _RAISER.sub("", before) + DRIVER_MESSAGE
    return text
