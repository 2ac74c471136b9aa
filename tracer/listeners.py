"""What SQLAlchemy tells through its public events, passed on to the recorder that is active.

The listeners are installed once, on the classes, and stay: without an active recorder they return at once. They
swallow what fails in them, or the program would see it as an exception of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.pool import Pool

from tracer import engine_listeners, internals, running
from tracer.recorder import Recorder

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
_installed: list[str] = []


def install() -> None:
    """Listen, if that is not done yet."""
    if _installed:
        return
    _installed.append("listening")
    if hasattr(os, "register_at_fork"):
        # A child has the connections of its parent, and locks that nobody opens there: it is not recorded.
        os.register_at_fork(after_in_child=lambda: running.activate(None))
    for what in ("begin", "commit", "rollback"):
        _listen(Engine, what, engine_listeners.transaction(what))
        _listen(Engine, f"{what}_twophase", engine_listeners.transaction(what))
    _listen(Engine, "engine_connect", lambda recorder, connection: recorder.watch(connection.engine))
    _listen(Engine, "before_cursor_execute", engine_listeners.before_statement)
    _listen(Engine, "after_cursor_execute", engine_listeners.after_statement)
    _listen(Engine, "after_execute", engine_listeners.after_execution)
    _listen(Engine, "handle_error", engine_listeners.statement_failed)
    _listen(Pool, "checkout", engine_listeners.checkout)
    _listen(Pool, "checkin", engine_listeners.checkin)
    _listen(Pool, "invalidate", engine_listeners.invalidate)
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
    if (record := engine_listeners.pool_record(connection)) is not None:
        recorder.takes(session, record)


def _session_ends(recorder: Recorder, session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        recorder.gives_back(session)


def _before_flush(recorder: Recorder, session: Session, context: Any, instances: Any) -> None:
    recorder.uses(session)
    if step := running.sending_step():
        # A query may have announced itself before the autoflush that it causes.
        step.outer_reason, step.reason, step.flush = step.reason, "", internals.flushed_by()


def _after_flush(recorder: Recorder, session: Session, context: Any) -> None:
    if step := running.sending_step():
        step.reason, step.flush = step.outer_reason, ""


def _orm_execute(recorder: Recorder, execution: Any) -> None:
    recorder.uses(execution.session)
    step = running.sending_step()
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
