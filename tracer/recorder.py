"""Collect the steps of a run.

`listeners.py` adds to the running step what SQLAlchemy tells; when it ends, what has changed is looked up
(`snapshots.py`).
"""

from __future__ import annotations

import contextlib
import threading
import time
import types
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tracer import names
from tracer.engines import Engines
from tracer.folding import Folding, few
from tracer.order import in_order
from tracer.recording import MODULE, Recording, State, Step
from tracer.running import DeadlineExceeded, RunningStep, running_step, sending_step
from tracer.snapshots import Key, Snapshots
from tracer.tasks import Tasks

MAX_OUTPUT = 20_000  # characters
MAX_OBJECTS = 1000  # of one event
MAX_SIZE = 700_000  # characters of a recording
CUT = "… (the rest of the output is not recorded)\n"


class Recorder:
    """Collects the steps of one run."""

    def __init__(
        self,
        recording: Recording,
        max_steps: int = 500,
        file: Callable[[str], str] = lambda path: "",
        end_late: bool = False,
    ) -> None:
        self.recording, self.max_steps, self.file, self._end_late = recording, max_steps, file, end_late
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
        self._closed = False
        self._folding = Folding(recording)
        self._size = 0  # characters of the recording so far, about
        self._started = 0.0  # when the first step began; until then the program has all of its time
        self._looking = 0  # the thread that looks at what there is, if one does
        self._tasks = Tasks()
        self._running: Counter[str] = Counter()  # how many steps of a thread or task have not ended
        self._owners: dict[Key, str] = {}  # the thread or task that used a thing last
        self._users: dict[int, str] = {}  # the same for Sessions, by hash key
        self._output = 0

    # What a running step calls. Nothing that fails here may reach the program, but the end of its time.

    def end_if_late(self) -> None:
        if self._end_late and self._late():
            raise DeadlineExceeded

    def enter(self, step: RunningStep, frame: types.FrameType) -> None:
        with self._safely(looking=True):
            if self._closed:
                return
            step.task = self._tasks.current()
            if (parent := step.parent) is not None:
                if self.on:
                    self._folding.begins(parent, step)
                begun = parent.written > 0
                if parent.task == step.task or not begun:
                    self._write(parent, frame if parent.frame == step.frame else None)
                if not begun:
                    self._folding.starts_below_header(parent)
            if not self.on and not self.recording.stopped and not self.file(step.file):
                self._begin(frame)
            self._running[step.task] += 1

    def leave(self, step: RunningStep, error: BaseException | None, frame: types.FrameType) -> None:
        with self._safely(looking=True):
            if self._closed:
                return
            self._running[step.task] -= 1
            if self._folding.ends(step) and self.on:
                self._see_variables(step, frame)
                self._folding.merge(self._changes(step))
            self._write(step, frame, error, final=True)

    def precede(self, step: RunningStep) -> None:
        """Write a step that has not been written yet, before what happens inside it."""
        if step.written == 0:
            with self._safely(looking=True):
                if not self._closed:
                    self._write(step)

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
                    if not self._closed:
                        self._write(latest)
            latest = latest.parent

    def aside(self) -> contextlib.AbstractContextManager[None]:
        """A context in which what this thread does is not the program's doing."""
        return self._safely(looking=True)

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
        step = sending_step() if "connection" in details else running_step()
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
        if not self.on:
            return  # in a child that was forked, nobody may hold the lock any more
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
            if not self._closed:
                self.engines.watch(engine)

    # Steps.

    def _begin(self, frame: types.FrameType) -> None:
        self.names.leave_asleep()
        self.snapshots.variables[MODULE] = self.names.variables(frame)
        self.snapshots.last, self.on = self._look(), True
        for (kind, name), value in self.snapshots.last.items():
            if value is not None:
                self.recording.initial.setdefault(kind, {})[name] = value

    def _write(
        self,
        step: RunningStep,
        frame: types.FrameType | None = None,
        error: BaseException | None = None,
        final: bool = False,
    ) -> None:
        """Write what `step` has done since it was written last. `frame`: where its variables are, if it is at hand."""
        first, step.written = step.written == 0, step.written + 1
        self._stop_if_enough()
        if not self.on:
            return
        if error is not None:
            self._exception(step, error)
        # SQL that is still on its way comes after what the program's own listeners do before it.
        events = [event for event in step.events if final or not any(event is one for one in step.sending)]
        step.events = [] if final else list(step.sending)
        used, step.sessions = step.sessions, set()
        kind = step.kind if first else "exit" if final else "resume"
        written = Step(step.lines, kind, step.depth, step.function, step.task, self.file(step.file))
        written.events = in_order(events)
        if self._folding.counts_only(step, written):
            if events or first:
                self._label(written, used)
                self._folding.add(step, written)
            return
        if frame is not None:
            self._see_variables(step, frame)
        if step.kind == "class" and not events:
            self._look()
            return  # a declaration
        written.changes = self._changes(step)
        if events or written.changes or first:
            self._label(written, used)
            self._folding.add(step, written)
            self._size += sum(len(repr(part)) for part in (written.events, written.changes))

    def _stop_if_enough(self) -> None:
        """Record no more if there are too many steps, or if they say or take too much."""
        if not self.on:
            return
        late = not self._end_late and self._late()
        if len(self.recording.steps) >= self.max_steps:
            self.on, self.recording.stopped = False, "steps"
        elif late or self._size > MAX_SIZE:
            self.on, self.recording.stopped = False, "deadline" if late else "size"

    def _late(self) -> bool:
        deadline, now = self.recording.deadline, time.monotonic()
        self._started = self._started or now
        return 0 < deadline < now - self._started

    def _changes(self, step: RunningStep) -> State:
        """What has changed since the last look, as far as it is the doing of the thread or task that runs `step`."""
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
        self.snapshots.last = now
        return changes

    def _label(self, written: Step, used: set[int]) -> None:
        """Write labels for the Sessions in a step, which have them only once all has been looked at."""
        self.names.label_sessions()
        labels = filter(None, map(self.names.sessions.get, used))
        written.sessions = sorted(labels, key=lambda label: int(label[1:]))
        written.events = [_at_most(event) for event in few(list(map(self._labelled, written.events)))]

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

    def close(self, leave_open: bool = False) -> None:
        """Say what tables there were. Leave no lock and no connection behind, unless somebody may be using them still:
        to close what another thread is in the middle of ends the process.
        """
        with self._safely():
            self._closed, self.on = True, False
            self.recording.classes = self.names.schema.classes()
            self.recording.tables = self.names.schema.tables(self.engines.columns())
            if self.engines.witness:
                self.engines.witness.close()
        if not leave_open:
            self.engines.close(self.names)


def _at_most(event: dict[str, Any]) -> dict[str, Any]:
    """An event with the first of its objects, and how many there are, if they are very many."""
    objects = event.get("objects", ())
    return event if len(objects) <= MAX_OBJECTS else event | {"objects": objects[:MAX_OBJECTS], "count": len(objects)}
