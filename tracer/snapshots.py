"""All there is at one moment: Sessions, objects, connections, variables, and tables as another connection sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracer import observe
from tracer.engines import Engines
from tracer.names import Names
from tracer.recording import Recording

Key = tuple[str, str]  # the kind of a thing, and its name


class Snapshots:
    """Those of one run. `failed` is told where one thing cannot be looked at, and why."""

    def __init__(
        self, recording: Recording, names: Names, engines: Engines, failed: Callable[[str, Exception], None]
    ) -> None:
        self.recording, self.names, self.engines, self.failed = recording, names, engines, failed
        self.last: dict[Key, Any] = {}  # the latest that was recorded
        self.pooled: set[str] = set()  # the labels of connections that were given back
        self.invalidated: set[str] = set()  # those that were thrown away
        self.variables: dict[str, dict[str, Any]] = {}  # by function

    def take(self) -> dict[Key, Any]:
        """All there is, by kind and name; None for what has gone. Sessions must have their labels."""
        seen: dict[Key, Any] = {}
        for label in self.names.awake():  # they were there before: their first use does not make them new
            self.last["sessions", label] = self.recording.initial.setdefault("sessions", {})[label] = {
                "new": [],
                "dirty": [],
                "deleted": [],
                "map": [],
                "transaction": None,
            }
        for key, label in list(self.names.sessions.items()):
            session = self.names.live_session(key)
            seen["sessions", label] = None if session is None else self._at("sessions", label, session)
            del session
        while new := [label for label in self.names.objects if ("objects", label) not in seen]:
            for label in new:  # looking at one may find others
                state = self.names.objects[label]()
                gone = state is None or state.obj() is None
                if gone:
                    self.names.forget(label)  # and once None in the changes, gone for good
                seen["objects", label] = None if gone else self._at("objects", label, state)
                del state
        for label, reference in list(self.names.connections.items()):
            record = reference()
            if record is not None:
                seen["connections", label] = self._connection(label, record)
            del record
        for function, variables in list(self.variables.items()):
            seen["names", function] = variables
        known = {name: value for (kind, name), value in self.last.items() if kind == "tables" and name != "*"}
        seen.update({("tables", table): rows for table, rows in self.engines.tables(known, self.names).items()})
        return seen

    def _connection(self, label: str, record: Any) -> str:
        """What has become of a connection; where none was thrown away or given back, its transaction."""
        if label in self.invalidated:
            return "invalidated"
        return "pooled" if label in self.pooled else observe.driver_transaction(record)

    def _at(self, kind: str, label: str, thing: Any) -> Any:
        """The record of an object or a Session; the last one if it cannot be looked at now."""
        try:
            return (observe.session_record if kind == "sessions" else observe.object_record)(thing, self.names)
        except RuntimeError:  # another thread changes it at this moment
            pass
        except Exception as error:
            self.failed(label, error)
        return self.last.get((kind, label))
