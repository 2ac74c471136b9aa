"""Collect the steps of a run.

`listeners.py` adds to the running step what SQLAlchemy tells; when it ends, what has changed is looked up
(`snapshots.py`).
"""

from __future__ import annotations

import contextlib
import threading
import types
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tracer import names
from tracer.engines import Engines
from tracer.order import in_order
from tracer.recording import MODULE, Recording, Step
from tracer.running import RunningStep, running_step
from tracer.snapshots import Key, Snapshots
from tracer.tasks import Tasks

MAX_OUTPUT = 20_000  # characters
CUT = "… (the rest of the output is not recorded)\n"


class Recorder:
    """Collects the steps of one run."""

    def __init__(self, recording: Recording, max_steps: int, progress: Callable[[int], None]) -> None:
        self.recording, self.max_steps, self.progress = recording, max_steps, progress
        self.on = False  # from the first step on, until there are too many
        self.names = names.Names()
        self.engines = Engines(recording)
        self.snapshots = Snapshots(recording, self.names, self.engines, self.failed)
        # The event and the step of each statement on its way, by what SQLAlchemy knows of its execution.
        self.sent: weakref.WeakKeyDictionary[Any, tuple[dict[str, Any], RunningStep]] = weakref.WeakKeyDictionary()
        # The events of each execution whose result has not come, with how many parameters each sent.
        self.executed: weakref.WeakKeyDictionary[Any, list[tuple[dict[str, Any], int]]] = weakref.WeakKeyDictionary()
        # The pool's record of a connection → the hash key of the Session whose it is.
        self.users: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self.used_session = False
        self._lock = threading.RLock()
        self._looking = 0  # the thread that looks at what there is, if one does
        self._tasks = Tasks()
        self._running: Counter[str] = Counter()  # how many steps of a thread or task have not ended
        self._owners: dict[Key, str] = {}  # the thread or task that used a thing last
        self._users: dict[int, str] = {}  # the same for Sessions, by hash key
        self._output = 0

    # What a running step calls. Nothing that fails here may reach the program.

    def enter(self, step: RunningStep, frame: types.FrameType) -> None:
        with self._safely(looking=True):
            step.task = self._tasks.current()
            if (parent := step.parent) is not None:
                if self.on and parent.frame == step.frame:
                    self._see_variables(step, frame)
                if parent.task == step.task or not parent.written:
                    self._write(parent)
            if not self.on and not self.recording.stopped:
                self._begin(frame)
            self._running[step.task] += 1

    def leave(self, step: RunningStep, error: BaseException | None, frame: types.FrameType) -> None:
        with self._safely(looking=True):
            if self.on:
                self._see_variables(step, frame)
            self._running[step.task] -= 1
            self._write(step, error, final=True)

    def _see_variables(self, step: RunningStep, frame: types.FrameType) -> None:
        self.snapshots.variables[step.function] = self.names.variables(frame)
        self._owners["names", step.function] = step.task

    @property
    def looking(self) -> bool:
        """Whether this thread is looking at what there is: whatever runs meanwhile is not the program's doing."""
        return self._looking == threading.get_ident()

    def suspend(self, latest: RunningStep | None, running: RunningStep | None) -> None:
        """Write the steps of generators that wait at their `yield`: those from `latest` up to `running`."""
        while latest not in (running, None):
            if not latest.written:
                with self._safely(looking=True):
                    self._write(latest)
            latest = latest.parent

    @contextlib.contextmanager
    def _safely(self, looking: bool = False) -> Iterator[None]:
        with self._lock:
            before, self._looking = self._looking, threading.get_ident() if looking else self._looking
            try:
                yield
            except Exception as error:
                self.failed("step", error)
            finally:
                self._looking = before

    def failed(self, where: str, error: Exception) -> None:
        """Note that the tracer itself failed, once for each reason."""
        reason = f"{where}: {type(error).__name__}: {error}"
        if reason not in self.recording.tracer_errors:
            self.recording.tracer_errors.append(reason)

    # What listeners and the program's output add.

    def add(self, event: str, obj: str = "", **details: Any) -> dict[str, Any] | None:
        """Add an event to the running step. `obj`, the label of an object, joins an equal event just before it."""
        step = running_step()
        if not self.on or step is None or self.looking:
            return None
        added = {"event": event, **{key: value for key, value in details.items() if value is not None}}
        if "connection" in details:
            self._owners["connections", details["connection"]] = step.task
            record = self.names.connections[details["connection"]]()
            if record is not None and (user := self.users.get(record)) is not None:
                added["session"] = user  # its label comes when the step is written
                step.sessions.add(user)
        if obj:
            self._owners["objects", obj] = step.task
            last = step.events[-1] if step.events else {}
            if {key: value for key, value in last.items() if key != "objects"} == added:
                last["objects"].append(obj)
                return last
            added["objects"] = [obj]
        step.events.append(added)
        return added

    def uses(self, session: Any) -> None:
        """Note that the running step uses a Session."""
        self.used_session = True
        if step := running_step():
            self._users[session.hash_key] = step.task
            step.sessions.add(session.hash_key)

    def takes(self, session: Any, record: Any) -> None:
        """Note that a Session begins on a connection: what has happened to that for it so far is its doing too."""
        self.uses(session)
        if self.users.get(record) == session.hash_key:
            return
        self.users[record] = session.hash_key
        step = running_step()
        if not self.on or step is None:
            return
        label = self.names.connection(record)
        for event in reversed(step.events):
            if event.get("connection") == label:
                begins = event["event"] in ("checkout", "begin") or event.get("sql", "").startswith("SAVEPOINT")
                if not begins or "session" in event:
                    break
                event["session"] = session.hash_key

    def gives_back(self, session: Any) -> None:
        """Note that a Session's transaction has ended: none of the connections is its any more."""
        if step := running_step():
            step.sessions.add(session.hash_key)
        for record in [record for record, key in self.users.items() if key == session.hash_key]:
            del self.users[record]

    def tell(self, text: str) -> None:
        """Add output; neighbouring pieces become one event."""
        with self._safely():
            self._tell(text)

    def _tell(self, text: str) -> None:
        step = running_step()
        if not self.on or step is None or self.looking or not text or self._output > MAX_OUTPUT:
            return
        text, rest = self.names.text(text[: MAX_OUTPUT - self._output]), text[MAX_OUTPUT - self._output :]
        self._output += len(text) + len(rest)
        if rest:
            text += CUT
        if step.events and step.events[-1]["event"] == "output":
            step.events[-1]["text"] += text
        else:
            self.add("output", text=text)

    def watch(self, engine: Any) -> None:
        """Open the other connection to the first engine that connects and can have one."""
        with self._lock:
            self.engines.watch(engine)

    # Steps.

    def _begin(self, frame: types.FrameType) -> None:
        self.names.leave_asleep()
        self.snapshots.variables[MODULE] = self.names.variables(frame)
        self.snapshots.last, self.on = self._look(), True
        for (kind, name), value in self.snapshots.last.items():
            if value is not None:
                self.recording.initial.setdefault(kind, {})[name] = value

    def _write(self, step: RunningStep, error: BaseException | None = None, final: bool = False) -> None:
        steps = self.recording.steps
        if self.on and len(steps) >= self.max_steps:
            self.on, self.recording.stopped = False, "steps"
        first, step.written = step.written == 0, step.written + 1
        if not self.on:
            return
        if error is not None:
            self._exception(step, error)
        now, changes = self._look(), {}
        last = self.snapshots.last  # once looked: that adds to it
        for key in dict.fromkeys((*last, *now)):
            value, before = now.get(key), last.get(key)
            if value == before:
                continue
            owner = step.task if key[0] == "tables" else self._owners.setdefault(key, step.task)
            if owner != step.task and self._running[owner] > 0:
                now[key] = before  # another thread or task is at it: a change of its step, when that ends
            else:
                changes.setdefault(key[0], {})[key[1]] = value
        # SQL that is still on its way comes after what the program's own listeners do before it.
        events = [event for event in step.events if final or not any(event is one for one in step.sending)]
        step.events = [] if final else list(step.sending)
        used, step.sessions = step.sessions, set()
        if step.kind == "class" and not events:
            return  # a declaration
        self.snapshots.last = now
        if events or changes or first:
            kind = step.kind if first else "exit" if final else "resume"
            steps.append(
                Step(
                    step.lines,
                    kind,
                    step.depth,
                    step.function,
                    step.task,
                    sessions=sorted(filter(None, map(self.names.sessions.get, used)), key=lambda label: int(label[1:])),
                    events=in_order(list(map(self._labelled, events))),
                    changes=changes,
                )
            )
            self.progress(len(steps))

    def _labelled(self, event: dict[str, Any]) -> dict[str, Any]:
        """An event with the label of its Session: that of one which has come and gone unseen is not known."""
        if "session" not in event:
            return event
        label = self.names.sessions.get(event["session"])
        return {key: label if key == "session" else value for key, value in event.items() if key != "session" or label}

    def _exception(self, step: RunningStep, error: BaseException) -> None:
        """Record an exception where it is raised, not again in every statement that it passes."""
        with contextlib.suppress(Exception):
            if isinstance(error, GeneratorExit) or vars(error).get("__recorded__"):
                return
            vars(error)["__recorded__"] = True
        cause = vars(error).get("orig")
        added = {"event": "exception", "type": type(error).__name__, "message": self.message(error)}
        step.events.append(added | ({"cause": type(cause).__name__} if cause is not None else {}))

    def message(self, error: BaseException) -> str:
        """The first line of what an exception says."""
        try:
            return self.names.short(str(error).strip().partition("\n")[0], names.MAX_MESSAGE)
        except Exception:
            return ""

    def _look(self) -> dict[Key, Any]:
        """All there is. Whose step used a Session last is known by its hash key until it has a label."""
        self.names.label_sessions()
        for key in self._users.keys() & self.names.sessions.keys():
            self._owners["sessions", self.names.sessions[key]] = self._users[key]
        return self.snapshots.take()

    def close(self) -> None:
        """Say what tables there were; leave no lock and no connection behind."""
        with self._safely():
            self.recording.classes = self.names.schema.classes()
            self.recording.tables = self.names.schema.tables(self.engines.columns())
        self.engines.close(self.names)
