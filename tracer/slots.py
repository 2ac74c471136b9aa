"""Where in the stepper's picture each Session stands: for the whole story, so that nothing moves if another opens."""

from __future__ import annotations

from typing import Any

from tracer.recording import State

_WAITING = ("new", "dirty", "deleted")


def slots(states: list[State], boxes: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """What `static/stepper/README.md` calls slots. `states`: after each stop; `boxes`: behind glass then."""
    of = _of(states)
    sessions = 1 + max(of.values(), default=-1)
    # A connection that no Session uses has a slot of its own.
    lonely = any(box.get("session") not in of for held in boxes for box in held)
    count = max(1, sessions + lonely)
    waits, fails = [0] * count, [0] * count
    for state in states:
        for label, session in state.get("sessions", {}).items():
            if session and label in of and any(session.get(name) for name in _WAITING):
                waits[of[label]] = 1
        for thing in state.get("objects", {}).values():
            if thing and thing["state"] == "deleted" and thing.get("session") in of:
                waits[of[thing["session"]]] = 1
    for held in boxes:
        for box in held:
            if box.get("refused") or box["status"] == "failed" or len(box["levels"]) > 1:
                fails[of.get(box.get("session"), sessions)] = 1
    return {"of": of, "sessions": sessions, "count": count, "waits": waits, "fails": fails}


def _of(states: list[State]) -> dict[str, int]:
    """Sessions that never live at once share a slot; one that never holds anything has one only if none does."""
    spans: dict[str, list[int]] = {}  # Session → the stops between which it holds something
    for at, state in enumerate(states):
        for label, session in state.get("sessions", {}).items():
            if session is None:
                continue
            span = spans.setdefault(label, [at, -1])
            if any(session.values()):
                span[1] = at
    if any(to >= 0 for _, to in spans.values()):
        spans = {label: span for label, span in spans.items() if span[1] >= 0}
    of: dict[str, int] = {}
    ends: list[int] = []
    for label, (begins, to) in spans.items():
        slot = next((number for number, end in enumerate(ends) if end < begins), len(ends))
        ends[slot : slot + 1] = [to]
        of[label] = slot
    return of
