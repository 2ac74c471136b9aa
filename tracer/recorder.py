"""Collect the steps of a run.

`listeners.py` adds to the running step what SQLAlchemy tells; when it ends, what has changed is looked up
(`observe.py`, `witness.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import types
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tracer import names, observe
from tracer.order import in_order
from tracer.recording import MODULE, Recording, Step
from tracer.running import RunningStep, running_step
from tracer.witness import NoWitness, Witness, backend

MAX_OUTPUT = 20_000  # characters
CUT = "… (the rest of the output is not recorded)\n"
_MADE_UP = re.compile(r"(Task|Thread)-\d+.*|ThreadPoolExecutor-\d+_\d+")  # numbered over the whole process


def _current_task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # no loop is running
        return None


class Recorder:
    """Collects the steps of one run."""

    def __init__(self, recording: Recording, max_steps: int, progress: Callable[[int], None]) -> None:
        self.recording, self.max_steps, self.progress = recording, max_steps, progress
        self.on = False  # from the first step on, until there are too many
        self.names = names.Names()
        self.engines: weakref.WeakSet[Any] = weakref.WeakSet()
        self.pooled: set[str] = set()
        # The event and the step of each statement on its way, by what SQLAlchemy knows of its execution.
        self.sent: weakref.WeakKeyDictionary[Any, tuple[dict[str, Any], RunningStep]] = weakref.WeakKeyDictionary()
        # The events of each execution whose result has not come, with how many parameters each sent.
        self.executed: weakref.WeakKeyDictionary[Any, list[tuple[dict[str, Any], int]]] = weakref.WeakKeyDictionary()
        # The pool's record of a connection → the hash key of the Session whose it is.
        self.users: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self.witness: Witness | None = None
        self.tables_changed = True
        self.used_session = False
        self._lock = threading.RLock()
        self._looking = 0  # the thread that looks at what there is, if one does
        self._main_thread, self._main_task = threading.get_ident(), _current_task()
        self._tasks: dict[str, str] = {}
        self._running: Counter[str] = Counter()  # how many steps of a thread or task have not ended
        self._owners: dict[tuple[str, str], str] = {}  # the thread or task that used a thing last
        self._users: dict[int, str] = {}  # the same for Sessions, by hash key
        self._variables: dict[str, dict[str, Any]] = {}
        self._before: dict[tuple[str, str], Any] = {}
        self._output = 0

    # What a running step calls. Nothing that fails here may reach the program.

    def enter(self, step: RunningStep, frame: types.FrameType) -> None:
        with self._safely(looking=True):
            step.task = self._task()
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
        self._variables[step.function] = self.names.variables(frame)
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
            if engine in self.engines:
                return
            self.engines.add(engine)
            if self.witness is not None:
                return
            self.recording.database = self.recording.database or backend(engine.url)
            try:
                self.witness = Witness(engine.url)
                self.recording.no_witness, self.recording.database = "", self.witness.database
            except NoWitness as error:
                self.recording.no_witness = self.recording.no_witness or str(error)

    # Steps.

    def _begin(self, frame: types.FrameType) -> None:
        self.names.leave_asleep()
        self._variables[MODULE] = self.names.variables(frame)
        self._before, self.on = self._look(), True
        for (kind, name), value in self._before.items():
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
        for key in dict.fromkeys((*self._before, *now)):
            value, before = now.get(key), self._before.get(key)
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
        self._before = now
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

    def _task(self) -> str:
        """The thread or asyncio task; empty for the one that called record()."""
        task = _current_task()
        if task is not None and task is not self._main_task:
            kind, name = "task", task.get_name()
        elif threading.get_ident() != self._main_thread:
            kind, name = "thread", threading.current_thread().name
        else:
            return ""
        return self._tasks.setdefault(name, f"{kind}{len(self._tasks) + 1}" if _MADE_UP.fullmatch(name) else name)

    def _look(self) -> dict[tuple[str, str], Any]:
        """All there is, by kind and name."""
        seen: dict[tuple[str, str], Any] = {}
        self.names.label_sessions()
        for label in self.names.awake():  # they were there before: their first use does not make them new
            self._before["sessions", label] = self.recording.initial.setdefault("sessions", {})[label] = {
                "new": [],
                "dirty": [],
                "deleted": [],
                "map": [],
                "transaction": None,
            }
        for key, label in list(self.names.sessions.items()):
            session = self.names.live_session(key)
            if key in self._users:
                self._owners["sessions", label] = self._users[key]
            seen["sessions", label] = None if session is None else self._at("sessions", label, session)
            del session
        while new := [label for label in self.names.objects if ("objects", label) not in seen]:
            for label in new:  # looking at one may find others
                state = self.names.objects[label]()
                if state is None:
                    del self.names.objects[label]  # and once None in the changes, gone for good
                gone = state is None or state.obj() is None
                seen["objects", label] = None if gone else self._at("objects", label, state)
                del state
        for label, reference in list(self.names.connections.items()):
            record = reference()
            if record is not None:
                pooled = label in self.pooled
                seen["connections", label] = "pooled" if pooled else observe.driver_transaction(record)
            del record
        for function, variables in list(self._variables.items()):
            seen["names", function] = variables
        seen.update({("tables", table): rows for table, rows in self._tables().items()})
        return seen

    def _at(self, kind: str, label: str, thing: Any) -> Any:
        """The record of an object or a Session; the last one if it cannot be looked at now."""
        try:
            return (observe.session_record if kind == "sessions" else observe.object_record)(thing, self.names)
        except RuntimeError:  # another thread changes it at this moment
            pass
        except Exception as error:
            self.failed(label, error)
        return self._before.get((kind, label))

    def _tables(self) -> dict[str, Any]:
        known = {name: value for (kind, name), value in self._before.items() if kind == "tables" and name != "*"}
        if self.witness is None or not self.tables_changed:
            return known
        self.tables_changed = False
        rows = self.witness.read(self.names.value)
        if "*" in rows:  # a lock: show what was seen last, and look again after the next step
            self.tables_changed = True
            return known | rows
        return rows

    def close(self) -> None:
        """Say what tables there were; leave no lock and no connection behind."""
        with self._safely():
            self.recording.classes = self.names.schema.classes()
            self.recording.tables = self.names.schema.tables(self.witness.columns if self.witness else {})
        closed = [engine for engine in self.engines if not engine.dialect.is_async]
        for key in list(self.names.sessions):
            session = self.names.live_session(key)
            with contextlib.suppress(Exception):
                if session.bind is None or session.bind.engine in closed:
                    session.close()
        for engine in closed:
            with contextlib.suppress(Exception):
                engine.dispose()
        if self.witness:
            self.witness.close()
