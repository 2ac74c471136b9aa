"""What Engines and pools tell: statements with what they wrote, transactions, connections taken and given back."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import InvalidRequestError

from tracer import observe, running, statements, writes
from tracer.names import MAX_ITEMS
from tracer.recorder import Recorder
from tracer.witness import sort_key

MAX_SQL = 10_000  # characters of a statement
_SPACE = re.compile(r"\s+")
_KEY = "tracer.record"  # the key in a record's public dictionary under which it is found again


def transaction(what: str) -> Callable[..., None]:
    """A listener of Engine events that begin or end a transaction: begin, commit or rollback."""

    def told(recorder: Recorder, connection: Any, *two_phase: Any) -> None:
        recorder.engines.tables_changed = True
        if not recorder.on:
            return
        if (record := pool_record(connection)) is not None:
            unsent = what != "begin" and observe.sends_no_end(record)  # this comes just before the driver is asked
            recorder.add(what, connection=recorder.names.connection(record), unsent=unsent or None)

    return told


def before_statement(
    recorder: Recorder, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
) -> None:
    """A statement is on its way, unless the dialect asks for itself."""
    record = pool_record(connection)
    step = running.sending_step()
    sql = _one_line(sql)
    if statements.verb(sql) != "SELECT":
        recorder.engines.tables_changed = True
    if not recorder.on or step is None or record is None or not record.in_use:
        return  # the dialect asks a new connection questions of its own, before it is checked out
    label = recorder.names.connection(record)
    last = step.events[-1] if step.events else {}
    if sql.upper() == "BEGIN" and (last.get("event"), last.get("connection")) == ("begin", label):
        return  # the program's own listener says aloud what SQLAlchemy has just told us
    if recorder.looking:
        raise RuntimeError("the tracer itself sent SQL")  # which `listeners.py` notes
    if statements.verb(sql) in statements.SAVEPOINTS:
        reason = step.flush  # it is sent lazily, before the statement that the reason is for
    elif statements.verb(sql) == "BEGIN":
        reason = ""  # the program's own listener sends it, before the statement that the reason is for
    else:
        reason, step.reason = step.reason or step.flush, ""
    many = many and isinstance(parameters, list)  # the rows of an "insertmanyvalues" batch are one set of parameters
    added = recorder.add(
        "sql",
        connection=label,
        sql=sql,
        parameters=_parameters(recorder, sql, parameters, many) or None,
        many=many or None,
        reason=reason or None,
    )
    if added:
        step.sending.append(added)
        recorder.sent[context] = added, step


def _one_line(sql: str) -> str:
    sql = _SPACE.sub(" ", sql).strip()
    return sql if len(sql) <= MAX_SQL else sql[:MAX_SQL] + "…"


def _parameters(recorder: Recorder, sql: str, parameters: Any, many: bool) -> Any:
    if not many:
        return recorder.names.value(parameters)
    rows = [recorder.names.value(row) for row in parameters]
    if statements.verb(sql) != "UPDATE" and all(isinstance(row, (list, dict)) for row in rows):
        # The rows of a many-to-many come out of a set; UPDATEs go by primary key.
        rows.sort(key=lambda row: sort_key(row.values() if isinstance(row, dict) else row))
    return rows if len(rows) <= MAX_ITEMS else [*rows[:MAX_ITEMS], "…"]


def after_statement(
    recorder: Recorder, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
) -> None:
    """A statement has come back, with the number of rows that it changed."""
    added = _sent(recorder, context, sql)
    if added:
        recorder.executed.setdefault(context, []).append((added, len(parameters)))
    # With RETURNING, sqlite3 says 0 until the rows are fetched.
    if added and statements.verb(sql) in statements.WRITES and " RETURNING " not in added["sql"]:
        added["rows"] = cursor.rowcount


def after_execution(
    recorder: Recorder, connection: Any, statement: Any, several: Any, given: Any, options: Any, result: Any
) -> None:
    """The result is there: only now SQLAlchemy knows the keys of rows that were inserted."""
    context = result.context
    sent = recorder.executed.pop(context, [])
    if not sent or all(added.get("rows") == 0 for added, _ in sent):
        return
    try:
        keys = result.inserted_primary_key_rows
    except InvalidRequestError:  # it inserts nothing, or returns what the program asked for
        keys = []
    recorder.names.schema.note_table(writes.table(context))
    _wrote(recorder, sent, writes.rows(context, keys or []))


def _wrote(recorder: Recorder, sent: list[tuple[dict[str, Any], int]], rows: list[dict[str, Any]]) -> None:
    """Add the rows of an execution to its statements, each of which sent its share."""
    total, start, share = sum(size for _, size in sent), 0, 0
    for added, size in sent:
        share += size
        end = len(rows) * share // total if total else len(rows)
        own = [
            {key: recorder.names.value(value) if key in ("key", "values") else value for key, value in row.items()}
            for row in rows[start:end]
        ]
        if not own and len(sent) == 1 and rows:
            own = rows
        if "rows" in added and len(own) == 1 and "key" not in own[0]:
            own[0]["count"] = added["rows"]
        if added.get("many"):  # as its parameters are
            own.sort(key=lambda row: sort_key(row.get("key") or row.get("values", {}).values()))
        if own:
            more = [{"table": own[0]["table"], "count": len(own) - MAX_ITEMS}] if len(own) > MAX_ITEMS else []
            added["wrote"] = own[:MAX_ITEMS] + more
        start = end


def statement_failed(recorder: Recorder, failure: Any) -> None:
    """The database has refused a statement."""
    context = failure.execution_context
    added = _sent(recorder, context, failure.statement)
    if added:
        added["error"] = type(failure.original_exception).__name__
        recorder.executed.pop(context, None)
        recorder.names.schema.note_table(writes.table(context))
        _wrote(recorder, [(added, 1)], writes.rows(context, []))


def _sent(recorder: Recorder, context: Any, sql: str) -> dict[str, Any] | None:
    """The event of a statement that has been sent; the program's own listeners may have changed or preceded it."""
    if context is None or context not in recorder.sent:
        return None
    added, step = recorder.sent.pop(context)
    added["sql"] = _one_line(sql)
    step.sending = [one for one in step.sending if one is not added]
    if step.events and step.events[-1] is not added and any(one is added for one in step.events):
        step.events = [*(one for one in step.events if one is not added), added]
    return added


def pool_record(connection: Any) -> Any:
    """The pool's record of a connection that was checked out; None for one that was not, or is no longer."""
    if connection.invalidated:  # its transaction still ends, but asking it for the driver's connection raises
        return None
    noted = (connection.connection.record_info or {}).get(_KEY)
    return noted() if noted else None


def checkout(recorder: Recorder, driver_connection: Any, record: Any, proxy: Any) -> None:
    """A connection is taken from the pool."""
    record.record_info[_KEY] = weakref.ref(record)
    if recorder.on:
        label = recorder.names.connection(record)
        recorder.snapshots.pooled.discard(label)
        recorder.snapshots.invalidated.discard(label)
        recorder.add("checkout", connection=label)


def checkin(recorder: Recorder, driver_connection: Any, record: Any) -> None:
    """A connection is given back to the pool."""
    if recorder.on:
        label = recorder.names.connection(record)
        recorder.snapshots.pooled.add(label)
        recorder.add("checkin", connection=label)


def invalidate(recorder: Recorder, driver_connection: Any, record: Any, error: Any) -> None:
    """A connection is thrown away."""
    if recorder.on:
        label = recorder.names.connection(record)
        recorder.snapshots.invalidated.add(label)
        recorder.add("invalidate", connection=label)
