"""The Engines that a program connects with, and the other connection, which reads what is committed."""

from __future__ import annotations

import contextlib
import weakref
from typing import Any

from tracer.names import Names
from tracer.recording import Recording
from tracer.witness import NoWitness, Witness, backend


class Engines:
    """Those of one run."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.witness: Witness | None = None
        self.tables_changed = True  # as far as one can tell: then they are read again
        self._engines: weakref.WeakSet[Any] = weakref.WeakSet()

    def watch(self, engine: Any) -> None:
        """Open the other connection to the first engine that connects and can have one."""
        if engine in self._engines:
            return
        self._engines.add(engine)
        if self.witness is not None:
            return
        self.recording.database = self.recording.database or backend(engine.url)
        try:
            self.witness = Witness(engine.url)
            self.recording.no_witness, self.recording.database = "", self.witness.database
        except NoWitness as error:
            self.recording.no_witness = self.recording.no_witness or str(error)

    def tables(self, known: dict[str, Any], names: Names) -> dict[str, Any]:
        """The rows that the other connection sees, by table; `known` as long as nothing can have changed them."""
        if self.witness is None or not self.tables_changed:
            return known
        self.tables_changed = False
        rows = self.witness.read(names.value)
        if "*" in rows:  # a lock: show what was seen last, and look again after the next step
            self.tables_changed = True
            return known | rows
        return rows

    def columns(self) -> dict[str, Any]:
        """The columns of the tables that the other connection sees."""
        return self.witness.columns if self.witness else {}

    def close(self, names: Names) -> None:
        """Leave no lock and no connection of the program behind."""
        closed = [engine for engine in self._engines if not engine.dialect.is_async]
        for key in list(names.sessions):
            session = names.live_session(key)
            with contextlib.suppress(Exception):
                if session.bind is None or session.bind.engine in closed:
                    session.close()
        for engine in closed:
            with contextlib.suppress(Exception):
                engine.dispose()
