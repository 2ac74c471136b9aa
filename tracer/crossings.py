"""What a stop moved over the three borders of the stepper's picture: into the Session, to the database, to others."""

from __future__ import annotations

from typing import Any

from tracer import statements, unsent
from tracer.recording import State

Crossing = list[
    Any
]  # what to say at the border, the way (1 to the right, -1 back, 0 neither), 1 if something was undone
_WAYS = {"commit": 1, "rollback": -1}


def crossings(
    events: list[dict[str, Any]], before: State, after: State, call: str, left: bool, words: dict[str, str]
) -> dict[str, Crossing]:
    """By border (add, flush, commit) what crossed it. `call`: the method called; `left`: a `with` block is left."""
    said = {
        "add": _add(events, before, after, call, words),
        "flush": _flush(unsent.without_unsent(events, after), call, words),
        "commit": _commit(events, call, left, words),
    }
    return {border: crossing for border, crossing in said.items() if crossing}


def _add(
    events: list[dict[str, Any]], before: State, after: State, call: str, words: dict[str, str]
) -> Crossing | None:
    rolled_back = any(event["event"] == "rollback" or "ROLLBACK TO" in event.get("sql", "") for event in events)
    loaded = {label for event in events if event.get("change") == "loaded_as_persistent" for label in event["objects"]}
    came = gone = False
    for label, thing in after.get("objects", {}).items():
        then = before.get("objects", {}).get(label)
        if thing is None or thing is then:
            continue
        was = (then or {}).get("session")
        came = came or bool(thing.get("session")) and not was and label not in loaded
        put_out = rolled_back and thing["state"] in ("transient", "detached") and call not in ("close", "expunge")
        gone = gone or bool(was) and not thing.get("session") and not put_out
    if came or gone:
        return [f"{call}()" if call else words["crossed cascade"], 1 if came else -1]
    return None


def _flush(events: list[dict[str, Any]], call: str, words: dict[str, str]) -> Crossing | None:
    sent = [event for event in events if event["event"] == "sql" and statements.verb(event["sql"]) != "BEGIN"]
    if not sent:
        return None
    writes = [event for event in sent if is_write(event)]
    cause = next((event["reason"] for event in (writes or sent) if event.get("reason")), "")
    kind = next((name for name in ("lazy load", "eager load") if cause.startswith(name)), cause)
    own = {"flush": "flush", "commit": "commit", "begin_nested": "begin_nested", "refresh": "refresh"}
    if kind in ("", "query", "statement") or own.get(kind) == call:
        what = f"{call}()" if call else words.get(f"crossed {kind}", words["crossed query"])
    else:
        what = words.get(f"crossed {kind}", f"{kind}()")
    reads = any(statements.verb(event["sql"]) in ("SELECT", "WITH") for event in sent)
    return [
        words["crossed sql"].format(what, sum(event.get("times", 1) for event in sent)),
        1 if writes else -1 if reads else 0,
    ]


def is_write(event: dict[str, Any]) -> bool:
    """Whether a recorded statement writes rows."""
    return event["event"] == "sql" and (statements.verb(event["sql"]) in statements.WRITES or bool(event.get("wrote")))


def _commit(events: list[dict[str, Any]], call: str, left: bool, words: dict[str, str]) -> Crossing | None:
    ends = [event["event"] for event in events if event["event"] in _WAYS and not event.get("unsent")]
    if not ends:
        return None
    end = "rollback" if "rollback" in ends else "commit"
    who = "with" if left or not call else f"{call}()"
    what = who if call == end and not left else f"{who} · {end.upper()}"
    return [what, _WAYS[end], *([1] if end == "rollback" else [])]
