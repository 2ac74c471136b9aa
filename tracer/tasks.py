"""Names of the threads and asyncio tasks of a run, the same in every run."""

from __future__ import annotations

import asyncio
import re
import threading
from typing import Any

_MADE_UP = re.compile(r"(Task|Thread)-\d+.*|ThreadPoolExecutor-\d+_\d+")  # numbered over the whole process


class Tasks:
    """Those of one run, which the thread or task that makes this began."""

    def __init__(self) -> None:
        self._main_thread, self._main_task = threading.get_ident(), _current()
        self._names: dict[str, str] = {}

    def current(self) -> str:
        """The thread or asyncio task that runs now; empty for the one that began the run."""
        task = _current()
        if task is not None and task is not self._main_task:
            kind, name = "task", task.get_name()
        elif threading.get_ident() != self._main_thread:
            kind, name = "thread", threading.current_thread().name
        else:
            return ""
        return self._names.setdefault(name, f"{kind}{len(self._names) + 1}" if _MADE_UP.fullmatch(name) else name)


def _current() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # no loop is running
        return None
