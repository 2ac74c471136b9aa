"""The one place that knows private names of others, because what they tell has no public name.

The same in SQLAlchemy 2.0 and 2.1. Should one go, a reason or a mark is missing in recordings, and nothing else breaks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from threading import Thread
from types import FrameType
from typing import Any

from sqlalchemy.orm import Session, session

# Who called flush() stands only on the stack: no event tells it.
_FLUSHED_BY = {"_autoflush": "autoflush", "_prepare_impl": "commit", "_take_snapshot": "begin_nested"}
# immediateload() takes the way of a lazy load, from a loader that runs while rows are read.
_IMMEDIATE_LOAD = "_load_for_path"


def flushed_by() -> str:
    """Who calls the flush that runs now: flush | autoflush | commit | savepoint | begin_nested."""
    caller = _on_the_stack(*_FLUSHED_BY)
    if caller is None:
        return "flush"
    name = caller.f_code.co_name
    return "savepoint" if name == "_prepare_impl" and caller.f_locals["self"].nested else _FLUSHED_BY[name]


def loads_immediately() -> bool:
    """Whether the load that runs now is one of immediateload()."""
    return _on_the_stack(_IMMEDIATE_LOAD) is not None


def _on_the_stack(*names: str) -> FrameType | None:
    """The innermost frame of a function so called."""
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code.co_name in names:
            return frame
    return None


def waits_for_rollback(transaction: Any) -> bool:
    """Whether a SessionTransaction can only be rolled back.

    `is_active` is False then, but also while a connection is on its way.
    """
    return getattr(getattr(transaction, "_state", None), "name", "") == "DEACTIVE"


def sessions() -> list[Session]:
    """All live Sessions: SQLAlchemy tells when one is used, but not when one is made."""
    known = getattr(session, "_sessions", None)
    return [] if known is None else list(known.values())


def finish_pools() -> None:
    """Let each ThreadPoolExecutor finish its work, as Python does before it ends; none takes more afterwards."""
    pools = sys.modules.get("concurrent.futures.thread")
    if pools is not None and hasattr(pools, "_python_exit"):
        pools._python_exit()


def of_a_pool(threads: Iterable[Thread]) -> set[Thread]:
    """Those of the threads that a ThreadPoolExecutor keeps, which wait for work for ever."""
    pools = sys.modules.get("concurrent.futures.thread")
    return {thread for thread in threads if thread in getattr(pools, "_threads_queues", ())}
