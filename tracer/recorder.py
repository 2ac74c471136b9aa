"""Run a program and record it.

The running step stands in a context variable, so that threads, asyncio tasks and SQLAlchemy's greenlets each have
their own. `listeners.py` adds to it what SQLAlchemy tells; when a step ends, what has changed is looked up
(`observe.py`, `witness.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import gc
import inspect
import itertools
import linecache
import os
import platform
import random
import re
import sys
import threading
import types
import uuid
import warnings
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from typing import Any, TextIO

import sqlalchemy
from sqlalchemy.exc import SADeprecationWarning

from tracer import listeners, observe
from tracer.instrument import STEP, instrument
from tracer.output import Output
from tracer.recording import MODULE, Recording, Step
from tracer.witness import NoWitness, Witness, backend

MARK = "# --- story"  # what stands above this line runs, but is not recorded
MAX_STEPS = 500  # a step costs time for every object there is
MAX_OUTPUT = 20_000  # characters
CUT = "… (the rest of the output is not recorded)\n"
_SUSPENDS = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
_MADE_UP = re.compile(r"(Task|Thread)-\d+.*|ThreadPoolExecutor-\d+_\d+")  # numbered over the whole process

current: contextvars.ContextVar[RunningStep | None] = contextvars.ContextVar("current", default=None)
active: Recorder | None = None


class RunningStep:
    """One execution of one statement. It is cut into steps wherever a nested statement runs.

    It knows the frame it runs in by its number only: a frame would keep the program's objects alive.
    """

    __slots__ = (
        *("lines", "kind", "parent", "depth", "function", "frame", "suspends", "task", "written"),
        *("events", "sending", "reason", "flush", "outer_reason"),
    )

    def __init__(self, first: int, last: int, kind: str) -> None:
        self.lines, self.kind = (first, last), kind
        self.parent: RunningStep | None = None
        self.depth, self.function, self.frame, self.task = 0, MODULE, 0, ""
        self.suspends = False  # in a generator, which may wait at its `yield` while others run
        self.written = 0  # how many steps it has become so far
        self.events: list[dict[str, Any]] = []
        self.sending: list[dict[str, Any]] = []  # those of them that are SQL on its way
        self.reason = self.flush = self.outer_reason = ""  # why the next SQL is sent; see listeners.py

    def __enter__(self) -> None:
        if (recorder := active) is None or recorder.looking:
            return
        frame = sys._getframe(1)
        self.function, self.frame = frame.f_code.co_name, id(frame)
        self.suspends = bool(frame.f_code.co_flags & _SUSPENDS)
        latest = current.get()
        self.parent = _around(latest, frame)
        self.depth = self.parent.depth + 1 if self.parent else 0
        recorder.suspend(latest, self.parent)
        recorder.enter(self, frame)
        current.set(self)

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        if (recorder := active) is None or recorder.looking:
            return
        latest = step = current.get()
        while step not in (self, None):
            step = step.parent
        if step is self:
            recorder.suspend(latest, self)
        recorder.leave(self, error, sys._getframe(1))
        if step is self:
            current.set(self.parent)


def _around(step: RunningStep | None, frame: types.FrameType | None) -> RunningStep | None:
    """The step that `frame` runs in: `step`, the latest one, unless that waits in a generator at its `yield`."""
    if step is None or not step.suspends:
        return step
    running = set()
    while frame:
        running.add(id(frame))
        frame = frame.f_back
    around: RunningStep | None = step
    while around and around.suspends and around.frame not in running:
        around = around.parent
    outer = around
    while outer and outer.frame not in running:
        outer = outer.parent
    return around if outer else step  # in a greenlet, none of the frames around it is on the stack


def running_step() -> RunningStep | None:
    """The innermost step that runs at this moment, in this thread or task."""
    step = current.get()
    return _around(step, sys._getframe(1)) if step is not None and step.suspends else step


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
        self.names = observe.Names()
        self.engines: weakref.WeakSet[Any] = weakref.WeakSet()
        self.pooled: set[str] = set()
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
            if not self.on and not self.recording.truncated:
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
            self.on, self.recording.truncated = False, True
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
        if step.kind == "class" and not events:
            return  # a declaration
        self._before = now
        if events or changes or first:
            kind = step.kind if first else "exit" if final else "resume"
            steps.append(Step(step.lines, kind, step.depth, step.function, step.task, _in_order(events), changes))
            self.progress(len(steps))

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
            return self.names.short(str(error).strip().partition("\n")[0], observe.MAX_MESSAGE)
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
        self.names.find_sessions()
        for label in self.names.awake():  # they were there before: their first use does not make them new
            self._before["sessions", label] = self.recording.initial.setdefault("sessions", {})[label] = {
                "new": [],
                "dirty": [],
                "deleted": [],
                "map": [],
                "transaction": None,
            }
        for key, label in list(self.names.sessions.items()):
            session = observe.live_sessions.get(key)
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
        """Leave no lock and no connection behind."""
        closed = [engine for engine in self.engines if not engine.dialect.is_async]
        for key in list(self.names.sessions):
            session = observe.live_sessions.get(key)
            with contextlib.suppress(Exception):
                if session.bind is None or session.bind.engine in closed:
                    session.close()
        for engine in closed:
            with contextlib.suppress(Exception):
                engine.dispose()
        if self.witness:
            self.witness.close()


def _in_order(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`events` with one order for what SQLAlchemy does in the order of a set, which is that of memory addresses.

    Neighbouring events of one kind are sorted by object: changes of state, expiries, refreshes; and neighbouring ends
    of transactions by connection. What happened to one object or connection keeps its order; so do rows loaded.
    """
    ordered: list[dict[str, Any]] = []
    for kind, group in itertools.groupby(events, _unordered):
        if kind is None:
            ordered += group
        elif kind == "end":
            ordered += sorted(group, key=lambda event: int(event["connection"][1:]))
        else:
            apart = [event | {"objects": [label]} for event in group for label in event["objects"]]
            for event in sorted(apart, key=lambda event: observe.natural(event["objects"][0])):
                last = ordered[-1] if ordered else {}
                if {**last, "objects": []} == {**event, "objects": []}:
                    last["objects"] += event["objects"]
                else:
                    ordered.append(event)
    return ordered


def _unordered(event: dict[str, Any]) -> str | None:
    """Of which kind of set this event comes; None: of none."""
    if event["event"] in ("commit", "rollback", "checkin"):
        return "end"
    return event["event"] if "objects" in event and event.get("change") != "loaded_as_persistent" else None


def record(
    source: str,
    filename: str,
    *,
    program: str = "",
    spec: ModuleSpec | None = None,
    echo: TextIO | None = None,
    max_steps: int = MAX_STEPS,
    progress: Callable[[int], None] = lambda steps: None,
) -> Recording:
    """Run `source` as the program `filename` and record it, from the line `# --- story` on if it has one.

    `program` is the name in the recording, the file's own by default; `spec` that of a module run as by `python -m`.
    Output goes to `echo` as well. `progress` is called with the number of steps after each of them.
    An exception that ends the program is recorded, not raised, and so are SystemExit and KeyboardInterrupt.
    Raises SyntaxError for a program that does not parse.
    """
    global active
    lines = source.splitlines()
    above = next((number for number, line in enumerate(lines, 1) if line.startswith(MARK)), 0)
    code = instrument(source, filename, above)
    recording = Recording(program or os.path.basename(filename), sqlalchemy.__version__, platform.python_version())
    recorder = Recorder(recording, max_steps, progress)
    module = types.ModuleType("__main__")
    module.__file__ = filename
    if spec:
        module.__spec__, module.__loader__, module.__package__ = spec, spec.loader, spec.parent
    module.__dict__[STEP] = RunningStep
    linecache.cache[filename] = (len(source), None, [line + "\n" for line in lines], filename)
    listeners.install()
    outer, threads = (active, current.get()), set(threading.enumerate())
    with _prepared(recorder, module, echo) as output:
        active = recorder
        current.set(None)
        try:
            try:
                exec(code, module.__dict__)
            finally:
                _join(set(threading.enumerate()) - threads)
        except SystemExit as error:
            if error.code not in (None, 0):
                recording.uncaught = f"SystemExit: {error.code}"
        except BaseException as error:
            active = None  # what saying it runs is no step
            recording.uncaught = f"{type(error).__name__}: {recorder.message(error)}".removesuffix(": ")
        finally:
            active = outer[0]
            current.set(outer[1])
            output.echo = None  # what closing makes the program's listeners print, it does not print by itself
            recorder.close()
    recording.no_session = not (recorder.used_session or recorder.names.sessions)
    return recording


def _join(threads: set[threading.Thread]) -> None:
    """Wait for the threads that the program has left running, as Python would; not for the idle ones of a pool."""
    pool = sys.modules.get("concurrent.futures.thread")
    for thread in threads:
        if not thread.daemon and not (pool and thread in pool._threads_queues):
            thread.join()


@contextlib.contextmanager
def _prepared(recorder: Recorder, module: types.ModuleType, echo: TextIO | None) -> Iterator[Output]:
    """The surroundings of a run that comes out the same every time, put back afterwards."""
    main, output, collecting, uuid4 = sys.modules.get("__main__"), sys.stdout, gc.isenabled(), uuid.uuid4
    numbers = random.Random(0)
    gc.collect()
    gc.disable()  # else objects in cycles go at a moment that depends on unrelated allocations
    uuid.uuid4 = lambda: uuid.UUID(int=numbers.getrandbits(128), version=4)  # random keys would reorder the flush
    stand_in = Output(recorder.tell, echo)
    sys.modules["__main__"], sys.stdout = module, stand_in
    show_on_stderr = warnings.showwarning

    def show(message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
        text = recorder.names.short(str(message), observe.MAX_MESSAGE)
        if recorder.add("warning", category=category.__name__, text=text) is None:
            show_on_stderr(message, category, *rest, **more)

    try:
        with warnings.catch_warnings():
            warnings.resetwarnings()
            warnings.simplefilter("always")
            for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
                warnings.simplefilter("ignore", category)
            warnings.simplefilter("always", SADeprecationWarning)
            warnings.showwarning = show
            yield stand_in
    finally:
        sys.modules["__main__"], sys.stdout, uuid.uuid4 = main, output, uuid4  # type: ignore[assignment]
        if collecting:
            gc.enable()
