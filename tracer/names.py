"""Labels for what has no name of its own, and values written down so that they come out the same in every run.

Only weak references are kept, so that objects are collected when they would be.
"""

from __future__ import annotations

import datetime
import enum
import itertools
import math
import re
import sys
import uuid
import weakref
from collections import Counter
from types import FrameType, FunctionType, ModuleType
from typing import Any

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import InstanceState, Mapper, Session

from tracer import internals
from tracer.recording import ARROW
from tracer.schema import Schema

MAX_OBJECTS = 100  # of a class that are looked at, else a step would cost as much as there are objects
MAX_LIST = 20  # a longer list of objects is not shown as a variable
MAX_ITEMS = 100  # of a collection
MAX_TEXT = 300  # characters of a value
MAX_MESSAGE = 1000  # of an exception or a warning
_PLAIN = ("decimal", "_decimal", "datetime", "fractions")  # modules whose values are written as they print
_NO_OBJECTS = {FunctionType, ModuleType, type, str, int, bool, float, bytes, type(None)}
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_TIME = re.compile(r"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?")
_UUID = re.compile(r"\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})\b")
_CARTESIAN = re.compile(r'(FROM element\(s\) )("\w+")( and FROM element )("\w+")')  # of a set of two
_SESSION = re.compile(r"(?<=session ')\d+(?=')|(?<=\(this is ')\d+(?='\))")
_BACKGROUND = re.compile(r"\s*\(Background on this error at: \S+\)")


def mapped(value: Any) -> InstanceState[Any] | None:
    """The state of a mapped object; None for anything else. Runs no code of the value's class."""
    if _is_a(value, type):
        return None
    try:
        state = object.__getattribute__(value, "__dict__").get("_sa_instance_state")
    except Exception:
        return None
    return state if isinstance(state, InstanceState) else None


def session_of(value: Any) -> Session | None:
    """The Session that `value` is, or that an AsyncSession drives; None for anything else."""
    if _is_a(value, Session):
        return value
    extension = sys.modules.get("sqlalchemy.ext.asyncio")
    return value.sync_session if extension and _is_a(value, extension.AsyncSession) else None


def _is_a(value: Any, *classes: type) -> bool:
    """Like isinstance, but a proxy is not asked what it stands for: that may raise or send SQL."""
    return issubclass(type(value), classes)


def natural(label: str) -> tuple[str, int]:
    """Sorts `Author#2` before `Author#10`."""
    name, _, number = label.rpartition("#")
    return name, int(number)


class Names:
    """Gives every object, Session and connection a label in the order of first sight, and writes values down.

    What differs from run to run (addresses, the present time, random UUIDs) is written as what it is.
    """

    def __init__(self) -> None:
        self._objects: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
        self._counts: dict[str, int] = {}
        self._uuids: dict[str, int] = {}
        self._keys: weakref.WeakKeyDictionary[Any, tuple[list[str], list[str]]] = weakref.WeakKeyDictionary()
        self._known: dict[int, weakref.ref[Session]] = {}  # Sessions by hash key
        self._older_sessions = {session.hash_key for session in internals.sessions()}
        self._asleep: set[int] = set()  # Sessions that stand around unused since before recording began
        self._first_session = Session().hash_key  # Sessions are numbered over the whole process
        self.schema = Schema()
        self.objects: dict[str, weakref.ref[Any]] = {}  # those that are looked at: of each class the first alive
        self._looked_at: Counter[str] = Counter()  # how many those are, by class
        self._more_objects: dict[str, dict[str, weakref.ref[Any]]] = {}  # the others
        self.sessions: dict[int, str] = {}
        self.connections: dict[str, weakref.ref[Any]] = {}

    def object(self, state: InstanceState[Any]) -> str:
        """The label of a mapped object."""
        label = self._objects.get(state)
        if label is None:
            name = state.class_.__name__
            self._counts[name] = self._counts.get(name, 0) + 1
            self._objects[state] = label = f"{name}#{self._counts[name]}"
            if self._looked_at[name] < MAX_OBJECTS:
                self._looked_at[name] += 1
                self.objects[label] = weakref.ref(state)
            else:
                more = self._more_objects.setdefault(name, {})
                more[label] = weakref.ref(state, lambda _: more.pop(label, None))
            self.schema.note_class(state.mapper)
        return label

    def forget(self, label: str) -> None:
        """Look no more at an object that has gone: the next one of its class takes its place."""
        del self.objects[label]
        name = label.rpartition("#")[0]
        more = self._more_objects.get(name, {})
        while more:
            label = next(iter(more))
            reference = more.pop(label)
            if (state := reference()) is not None and state.obj() is not None:
                self.objects[label] = reference
                return
        self._looked_at[name] -= 1

    def session(self, session: Session) -> str:
        """The label of a Session."""
        self._known.setdefault(session.hash_key, weakref.ref(session))
        return self.sessions.setdefault(session.hash_key, f"s{len(self.sessions) + 1}")

    def live_session(self, key: int) -> Session | None:
        """The Session with this hash key, as long as it is alive."""
        return reference() if (reference := self._known.get(key)) else None

    def label_sessions(self) -> None:
        """Label the Sessions that were made since the last time, in that order."""
        self._find_sessions()
        for key in sorted(self._known.keys() - self.sessions.keys()):
            if not self._sleeps(key) and self.live_session(key) is not None:
                self.sessions[key] = f"s{len(self.sessions) + 1}"

    def leave_asleep(self) -> None:
        """Give no labels to the Sessions that the program has used so far and closed, until it uses them again."""
        self._find_sessions()
        self._asleep = {key for key in self._known if not self._in_use(key)}

    def _find_sessions(self) -> None:
        for session in internals.sessions():
            if session.hash_key not in self._older_sessions:
                self._known.setdefault(session.hash_key, weakref.ref(session))

    def _sleeps(self, key: int) -> bool:
        return key in self._asleep and key not in self.sessions and not self._in_use(key)

    def _in_use(self, key: int) -> bool:
        """Whether a Session has a transaction or objects."""
        session = self.live_session(key)
        return session is not None and bool(
            session.in_transaction() or session.new or session.identity_map.all_states()
        )

    def awake(self) -> list[str]:
        """The labels of the Sessions that have been used again since the last time."""
        used = self._asleep & self.sessions.keys()
        self._asleep -= used
        return sorted((self.sessions[key] for key in used), key=lambda label: int(label[1:]))

    def keys(self, mapper: Mapper[Any]) -> tuple[list[str], list[str]]:
        """The names of a mapper's columns and relationships; none as long as that would configure it, or cannot."""
        if mapper not in self._keys:
            if not mapper.configured:
                return [], []
            try:
                columns = [attribute.key for attribute in mapper.column_attrs]
            except InvalidRequestError:  # another mapper, which this one is related to, cannot be configured
                return [], []
            self._keys[mapper] = (
                columns,
                # Such a collection is never in memory; what stands in its place is a mark.
                [
                    attribute.key
                    for attribute in mapper.relationships
                    if attribute.lazy not in ("dynamic", "write_only")
                ],
            )
        return self._keys[mapper]

    def connection(self, record: Any) -> str:
        """The label of a connection of a pool."""
        for label, known in list(self.connections.items()):
            if known() is record:
                return label
        label = f"c{len(self.connections) + 1}"
        self.connections[label] = weakref.ref(record)
        return label

    def text(self, text: str) -> str:
        """`text` without what differs from run to run."""
        text = _TIME.sub(_moment, text)
        text = _UUID.sub(lambda match: self._uuid(match[0]), text)
        text = _CARTESIAN.sub(_in_alphabetical_order, text)
        text = _SESSION.sub(lambda match: str(int(match[0]) - self._first_session), text)
        return _ADDRESS.sub("0x…", _BACKGROUND.sub("", text))

    def short(self, text: str, most: int = MAX_TEXT) -> str:
        """The beginning of `text`, as `text()` writes it."""
        said = self.text(text[: 2 * most])
        return said if len(said) <= most else said[:most] + "…"

    def _uuid(self, text: str) -> str:
        number = self._uuids.setdefault(text.replace("-", ""), len(self._uuids) + 1)
        return f"<uuid {number}>"

    def value(self, value: Any, depth: int = 0) -> Any:
        """`value` as JSON can hold it. Runs no code of the program: what is unknown is written `<its class>`."""
        kind = type(value)
        if value is None or kind is bool or kind is int or (kind is float and math.isfinite(value)):
            return value
        if kind is str:
            return self.short(value)
        if (state := mapped(value)) is not None:
            return ARROW + self.object(state)
        if _is_a(value, enum.Enum):
            return f"{kind.__name__}.{value._name_}"
        if _is_a(value, str):
            return self.short(str.__str__(value))
        if kind is uuid.UUID:
            return self.text(str(value))
        if _is_a(value, datetime.datetime):
            return "<now>" if _is_now(value) else datetime.datetime.isoformat(value)
        if kind is datetime.date:
            return "<today>" if _is_now(datetime.datetime.combine(value, datetime.time())) else value.isoformat()
        if kind in (bytes, bytearray, memoryview):
            return f"bytes:{bytes(value[:32]).hex()}{'…' if len(value) > 32 else ''}"
        if _is_a(value, Session):
            return ARROW + self.session(value)
        if depth < 3 and _is_a(value, dict):
            items = list(dict.items(value))
            shown = {str(self.value(key, depth + 1)): self.value(item, depth + 1) for key, item in items[:MAX_ITEMS]}
            return shown | ({"…": "…"} if len(items) > MAX_ITEMS else {})
        if depth < 3 and (base := _collection(value)):
            shown = [self.value(item, depth + 1) for item in itertools.islice(list(base.__iter__(value)), MAX_ITEMS)]
            if base in (set, frozenset):
                shown.sort(key=str)
            return shown if base.__len__(value) <= MAX_ITEMS else [*shown, "…"]
        return str(value) if kind is float or kind.__module__ in _PLAIN else f"<{kind.__name__}>"

    def variables(self, frame: FrameType) -> dict[str, Any]:
        """The variables of `frame` that are mapped objects, lists of them, or Sessions."""
        local, found = frame.f_locals, {}
        for name, value in list(local.items()):
            if type(value) in _NO_OBJECTS:
                continue
            if mapped(value) is not None:
                found[name] = self.value(value)
            elif (session := session_of(value)) is not None:
                if self._sleeps(session.hash_key):
                    continue
                found[name] = ARROW + self.session(session)
            elif (
                (base := _collection(value)) in (list, tuple)
                and base.__len__(value) <= MAX_LIST
                and any(mapped(item) is not None for item in base.__iter__(value))
            ):
                found[name] = self.value(value)
        return found


def _collection(value: Any) -> type | None:
    """Of which kind of collection `value` is, so that methods of its own need not be called."""
    return next((base for base in (list, tuple, set, frozenset) if _is_a(value, base)), None)


def _moment(match: re.Match[str]) -> str:
    try:
        return "<now>" if _is_now(datetime.datetime.fromisoformat(match[0])) else match[0]
    except ValueError:  # no date, only like one
        return match[0]


def _in_alphabetical_order(match: re.Match[str]) -> str:
    first, second = sorted((match[2], match[4]))
    return match[1] + first + match[3] + second


def _is_now(moment: datetime.datetime) -> bool:
    return abs(moment.replace(tzinfo=None) - datetime.datetime.now()) < datetime.timedelta(days=2)
