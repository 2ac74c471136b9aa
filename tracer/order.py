"""One order for events that SQLAlchemy makes in the order of a set."""

from __future__ import annotations

import itertools
from typing import Any

from tracer.names import natural


def in_order(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`events` with one order for what SQLAlchemy does in the order of a set, which is that of memory addresses.

    Neighbouring events of one kind are sorted by object: changes of state, expiries, refreshes; and neighbouring ends
    of transactions by connection. What happened to one object or connection keeps its order; so do rows loaded.
    """
    ordered: list[dict[str, Any]] = []
    for kind, group in itertools.groupby(events, _unordered):
        if kind is None:
            ordered += group
        elif kind == "end":
            ordered += sorted(group, key=lambda event: int(event["connection"][1:]))
        else:
            apart = [event | {"objects": [label]} for event in group for label in event["objects"]]
            for event in sorted(apart, key=lambda event: natural(event["objects"][0])):
                last = ordered[-1] if ordered else {}
                if {**last, "objects": []} == {**event, "objects": []}:
                    last["objects"] += event["objects"]
                else:
                    ordered.append(event)
    return ordered


def _unordered(event: dict[str, Any]) -> str | None:
    """Of which kind of set this event comes; None: of none."""
    if event["event"] in ("commit", "rollback", "checkin"):
        return "end"
    return event["event"] if "objects" in event and event.get("change") != "loaded_as_persistent" else None
