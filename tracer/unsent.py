"""What SQLAlchemy does with a transaction and the driver does not send, and what is public without a COMMIT."""

from __future__ import annotations

from typing import Any

from tracer import statements
from tracer.recording import State

Event = dict[str, Any]
_NEVER_SENT = ("MissingGreenlet",)  # errors of a statement that SQLAlchemy raises itself, in the place of the driver


def is_unsent(events: list[Event], index: int, after: State) -> bool:
    """Whether a begin, commit, rollback or statement of a stop was not sent; `after`: the state after the stop.

    Drivers may send BEGIN before the first statement, sqlite3 even before the first change, and in AUTOCOMMIT never:
    it has been sent unless the database still had no transaction at the end. Where the driver can't tell, it counts as
    sent.
    """
    event = events[index]
    if event["event"] != "begin":
        return bool(event.get("unsent")) or event["event"] == "sql" and event.get("error") in _NEVER_SENT
    connection = event.get("connection")
    for later in events[index + 1 :]:
        if later["event"] in ("commit", "rollback") and later.get("connection") == connection:
            return bool(later.get("unsent"))
    return after.get("connections", {}).get(connection) == "idle"


def without_unsent(events: list[Event], after: State) -> list[Event]:
    """The events of a stop but for each begin, commit, rollback and statement that was not sent."""
    return [event for index, event in enumerate(events) if not is_unsent(events, index, after)]


def public_at_once(events: list[Event], after: State) -> set[str]:
    """The connections that wrote rows outside of a transaction, as in AUTOCOMMIT: the driver had none to end."""
    wrote: set[str] = set()
    public: set[str] = set()
    for event in events:
        connection = event.get("connection", "")
        if event["event"] == "sql" and "error" not in event and _writes(event):
            wrote.add(connection)
        elif event["event"] in ("commit", "rollback") and connection in wrote:
            wrote.remove(connection)
            public.update([connection] if event.get("unsent") else [])
    return public | {one for one in wrote if after.get("connections", {}).get(one) == "idle"}


def is_said_aloud(events: list[Event], index: int) -> bool:
    """Whether a begin is followed by the program's own statement for it: BEGIN IMMEDIATE."""
    connection = events[index].get("connection")
    following = (event for event in events[index + 1 :] if event.get("connection") == connection)
    return statements.verb(next(following, {}).get("sql", "")) == "BEGIN"


def _writes(event: Event) -> bool:
    return statements.verb(event["sql"]) in statements.WRITES or bool(event.get("wrote"))
