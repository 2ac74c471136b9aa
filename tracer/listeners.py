"""What SQLAlchemy tells through its public events, passed on to the recorder that is active.

The listeners are installed once, on the classes, and stay: without an active recorder they return at once. They
swallow what fails in them, or the program would see it as an exception of its own.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.pool import Pool

from tracer import internals, running, statements, writes
from tracer.names import MAX_ITEMS
from tracer.recorder import Recorder
from tracer.witness import sort_key

CHANGES = (
    "transient_to_pending",
    "pending_to_transient",
    "pending_to_persistent",
    "persistent_to_deleted",
    "deleted_to_persistent",
    "persistent_to_transient",
    "deleted_to_detached",
    "persistent_to_detached",
    "detached_to_persistent",
    "loaded_as_persistent",
)
MAX_SQL = 10_000  # characters of a statement
_SPACE = re.compile(r"\s+")
_RECORD = "tracer.record"  # the key in a record's public dictionary under which it is found again
_installed: list[str] = []


def install() -> None:
    """Listen, if that is not done yet."""
    if _installed:
        return
    _installed.append("listening")
    for what in ("begin", "commit", "rollback"):
        _listen(Engine, what, _transaction(what))
        _listen(Engine, f"{what}_twophase", _transaction(what))
    _listen(Engine, "engine_connect", lambda recorder, connection: recorder.watch(connection.engine))
    _listen(Engine, "before_cursor_execute", _before_statement)
    _listen(Engine, "after_cursor_execute", _after_statement)
    _listen(Engine, "after_execute", _after_execution)
    _listen(Engine, "handle_error", _statement_failed)
    _listen(Pool, "checkout", _checkout)
    _listen(Pool, "checkin", _checkin)
    _listen(Pool, "invalidate", _invalidate)
    for change in CHANGES:
        _listen(Session, change, _state(change))
    _listen(Session, "before_flush", _before_flush)
    _listen(Session, "after_flush", _after_flush)
    _listen(Session, "do_orm_execute", _orm_execute)
    _listen(Session, "after_transaction_create", _session_begins)
    _listen(Session, "after_begin", _session_takes)
    _listen(Session, "after_transaction_end", _session_ends)
    _listen(Mapper, "init", _init, raw=True)
    _listen(Mapper, "expire", _attributes("expire"), raw=True)
    _listen(Mapper, "refresh", _refresh, raw=True)


def _listen(target: Any, name: str, told: Callable[..., Any], **options: Any) -> None:
    def listener(*arguments: Any) -> None:
        recorder = running.recorder()
        if recorder is not None:
            try:
                told(recorder, *arguments)
            except Exception as error:
                recorder.failed(name, error)

    event.listen(target, name, listener, **options)


def _transaction(what: str) -> Callable[..., None]:
    def told(recorder: Recorder, connection: Any, *two_phase: Any) -> None:
        recorder.tables_changed = True
        if not recorder.on:
            return
        if (record := _record(connection)) is not None:
            recorder.add(what, connection=recorder.names.connection(record))

    return told


def _before_statement(
    recorder: Recorder, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
) -> None:
    record = _record(connection)
    step = running.running_step()
    sql = _one_line(sql)
    if statements.verb(sql) != "SELECT":
        recorder.tables_changed = True
    if not recorder.on or step is None or record is None or not record.in_use:
        return  # the dialect asks a new connection questions of its own, before it is checked out
    label = recorder.names.connection(record)
    last = step.events[-1] if step.events else {}
    if sql.upper() == "BEGIN" and (last.get("event"), last.get("connection")) == ("begin", label):
        return  # the program's own listener says aloud what SQLAlchemy has just told us
    if recorder.looking:
        raise RuntimeError("the tracer itself sent SQL")  # which _listen notes
    if statements.verb(sql) in statements.SAVEPOINTS:
        reason = step.flush  # it is sent lazily, before the statement that the reason is for
    else:
        reason, step.reason = step.reason or step.flush, ""
    added = recorder.add(
        "sql",
        connection=label,
        sql=sql,
        parameters=_parameters(recorder, parameters, many) or None,
        many=many or None,
        reason=reason or None,
    )
    if added:
        step.sending.append(added)
        recorder.sent[context] = added, step


def _one_line(sql: str) -> str:
    sql = _SPACE.sub(" ", sql).strip()
    return sql if len(sql) <= MAX_SQL else sql[:MAX_SQL] + "…"


def _parameters(recorder: Recorder, parameters: Any, many: bool) -> Any:
    if not many:
        return recorder.names.value(parameters)
    rows = [recorder.names.value(row) for row in parameters]
    if all(isinstance(row, (list, dict)) for row in rows):
        # The rows of a many-to-many come out of a set.
        rows.sort(key=lambda row: sort_key(row.values() if isinstance(row, dict) else row))
    return rows if len(rows) <= MAX_ITEMS else [*rows[:MAX_ITEMS], "…"]


def _after_statement(
    recorder: Recorder, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
) -> None:
    added = _sent(recorder, context, sql)
    if added:
        recorder.executed.setdefault(context, []).append((added, len(parameters)))
    # With RETURNING, sqlite3 says 0 until the rows are fetched.
    if added and statements.verb(sql) in statements.WRITES and " RETURNING " not in added["sql"]:
        added["rows"] = cursor.rowcount


def _after_execution(
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


def _statement_failed(recorder: Recorder, failure: Any) -> None:
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
    if any(one is added for one in step.events[:-1]):
        step.events = [*(one for one in step.events if one is not added), added]
    return added


def _record(connection: Any) -> Any:
    """The pool's record of a connection that was checked out; None for one that was not, or that was detached."""
    noted = (connection.connection.record_info or {}).get(_RECORD)
    return noted() if noted else None


def _checkout(recorder: Recorder, driver_connection: Any, record: Any, proxy: Any) -> None:
    record.record_info[_RECORD] = weakref.ref(record)
    if recorder.on:
        label = recorder.names.connection(record)
        recorder.pooled.discard(label)
        recorder.add("checkout", connection=label)


def _checkin(recorder: Recorder, driver_connection: Any, record: Any) -> None:
    if recorder.on:
        label = recorder.names.connection(record)
        recorder.pooled.add(label)
        recorder.add("checkin", connection=label)


def _invalidate(recorder: Recorder, driver_connection: Any, record: Any, error: Any) -> None:
    if recorder.on:
        recorder.add("invalidate", connection=recorder.names.connection(record))


def _state(change: str) -> Callable[..., None]:
    def told(recorder: Recorder, session: Session, instance: Any) -> None:
        recorder.uses(session)
        if recorder.on:
            recorder.add("state", change=change, obj=recorder.names.object(inspect(instance)))

    return told


def _init(recorder: Recorder, state: Any, arguments: Any, keywords: Any) -> None:
    if recorder.on:
        recorder.names.object(state)


def _attributes(what: str) -> Callable[..., None]:
    def told(recorder: Recorder, state: Any, names: Any) -> None:
        if recorder.on:
            recorder.add(what, attributes=sorted(names) if names else None, obj=recorder.names.object(state))

    return told


def _refresh(recorder: Recorder, state: Any, context: Any, names: Any) -> None:
    # SQLAlchemy also names the relationships that stay unloaded.
    loaded = None if names is None else [name for name in names if name in state.dict]
    if loaded != []:
        _attributes("refresh")(recorder, state, loaded)


def _session_begins(recorder: Recorder, session: Session, transaction: Any) -> None:
    recorder.uses(session)


def _session_takes(recorder: Recorder, session: Session, transaction: Any, connection: Any) -> None:
    if (record := _record(connection)) is not None:
        recorder.takes(session, record)


def _session_ends(recorder: Recorder, session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        recorder.gives_back(session)


def _before_flush(recorder: Recorder, session: Session, context: Any, instances: Any) -> None:
    recorder.uses(session)
    if step := running.running_step():
        # A query may have announced itself before the autoflush that it causes.
        step.outer_reason, step.reason, step.flush = step.reason, "", internals.flushed_by()


def _after_flush(recorder: Recorder, session: Session, context: Any) -> None:
    if step := running.running_step():
        step.reason, step.flush = step.outer_reason, ""


def _orm_execute(recorder: Recorder, execution: Any) -> None:
    recorder.uses(execution.session)
    step = running.running_step()
    if step is None:
        return
    if execution.is_relationship_load:
        path = execution.loader_strategy_path
        lazy = execution.lazy_loaded_from is not None and not internals.loads_immediately()
        how = "lazy load" if lazy else "eager load"
        named = path is not None and hasattr(path, "prop")
        step.reason = f"{how} {path.parent.mapper.class_.__name__}.{path.prop.key}" if named else how
    elif execution.is_column_load:
        step.reason = "refresh"
    else:
        step.reason = "query" if execution.is_select else "statement"
