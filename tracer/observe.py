"""Look at objects, Sessions and connections without touching them.

Only what is already in memory is read: `InstanceState.dict`, never an attribute of the object, which could send SQL;
history without loading; the driver's own idea of its transaction, without a round trip.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import IdentityMap, InstanceState, LoaderCallableStatus, Session

from tracer import internals
from tracer.names import MAX_OBJECTS, Names, natural
from tracer.recording import STATES

_SEND_NO_END = {"sqlite3", "aiosqlite", "psycopg"}  # the modules of drivers


def object_record(state: InstanceState[Any], names: Names) -> dict[str, Any]:
    """An object as `recording.py` describes it."""
    loaded, expired = state.dict, state.expired_attributes
    record: dict[str, Any] = {"state": next(name for name in STATES if getattr(state, name))}
    columns, relationships = names.keys(state.mapper)
    # A flush that deletes loads the relationships of some children, which ones differs from run to run.
    keys = columns if state.deleted or state.was_deleted else columns + relationships
    if state.session_id in names.sessions:
        record["session"] = names.sessions[state.session_id]
    if state.key:
        record["key"] = [names.value(value) for value in state.key[1]]
    record["values"] = {key: names.value(loaded[key]) for key in keys if key in loaded}
    if gone := [key for key in keys if key in expired and key not in loaded]:
        record["expired"] = gone
    if unloaded := [key for key in keys if key not in loaded and key not in expired]:
        record["unloaded"] = unloaded
    for key in sorted(state.committed_state.keys() & set(keys)):
        added, deleted = _history(state, key)
        if added or deleted:
            record.setdefault("modified", {})[key] = {
                "added": sorted(map(names.value, added), key=str),
                "deleted": sorted(map(names.value, deleted), key=str),
            }
    return record


def _history(state: InstanceState[Any], key: str) -> tuple[Iterable[Any], Iterable[Any]]:
    """What an attribute has gained and lost since the last flush, as far as that is known without SQL."""
    if state.committed_state[key] is LoaderCallableStatus.PASSIVE_NO_RESULT:
        # The other side of a one-to-one: it was replaced unread, and asking for its history would load it.
        return ([state.dict[key]] if key in state.dict else []), []
    history = state.attrs[key].history  # which loads nothing
    return history.added or (), history.deleted or ()


def session_record(session: Session, names: Names) -> dict[str, Any]:
    """A Session as `recording.py` describes it."""

    def labels(states: Any) -> list[Any]:
        every = list(map(names.object, states))
        listed = sorted((label for label in every if label in names.objects), key=natural)
        return listed if len(listed) == len(every) else [*listed, len(every)]

    def held(identity_map: IdentityMap) -> list[Any]:
        if len(identity_map) <= MAX_OBJECTS:
            return labels(identity_map.all_states())
        states = [state for reference in names.objects.values() if (state := reference()) is not None]
        return [*labels(filter(identity_map.contains_state, states)), len(identity_map)]

    transaction = session.get_nested_transaction() or session.get_transaction()
    said = None
    if transaction is not None:
        inactive = ", inactive" if internals.waits_for_rollback(transaction) else ""
        said = ("nested" if transaction.nested else "begun") + inactive
    return {
        "new": labels(map(inspect, session.new)),
        "dirty": labels(map(inspect, session.dirty)),
        "deleted": labels(map(inspect, session.deleted)),
        "map": held(session.identity_map),
        "transaction": said,
    }


def driver_transaction(record: Any) -> str:
    """Whether the driver is in a transaction: idle | open | failed | taken (it cannot tell).

    SQLAlchemy's own BEGIN says less: a driver may begin late. PyMySQL's flag is stale after a SELECT, so it is not
    asked.
    """
    connection = _driver_connection(record)
    try:
        if hasattr(connection, "in_transaction"):  # sqlite3, aiosqlite
            return "open" if connection.in_transaction else "idle"
        if hasattr(connection, "info"):  # psycopg
            return {0: "idle", 2: "open", 3: "failed"}.get(connection.info.transaction_status, "taken")
    except Exception:
        pass
    return "taken"


def sends_no_end(record: Any) -> bool:
    """Whether the driver, asked to commit or roll back now, sends nothing, as the database has no transaction.

    Of the drivers in _SEND_NO_END that is known. sqlite3: "If there is no open transaction, this method is a no-op"
    (https://docs.python.org/3/library/sqlite3.html#sqlite3.Connection.commit), and aiosqlite calls it; psycopg returns
    at once where its `transaction_status` is IDLE (`_commit_gen` and `_rollback_gen` in _connection_base.py).
    """
    modules = {kind.__module__.partition(".")[0] for kind in type(_driver_connection(record)).__mro__}
    return bool(modules & _SEND_NO_END) and driver_transaction(record) == "idle"


def _driver_connection(record: Any) -> Any:
    """The driver's own connection; None for a record that has none."""
    connection = getattr(record, "dbapi_connection", None)
    return getattr(connection, "driver_connection", connection)
