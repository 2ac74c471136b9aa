"""What has changed from one recording of a story to the next, in words: a line for each change, in the order of steps.

step 4, line 17 session.flush(): SQL removed: INSERT INTO author (name) VALUES (?) ["Ursula"], by flush
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from tracer import Recording
from tracer.recording import MODULE, State, Step

MOST = 20  # changes that are told; the others are counted
LONGEST = 70  # characters of what was, and of what is
_BEFORE = 15  # of those, how many stand before the first that differs
_KINDS = {
    "sql": "SQL",
    "begin": "transaction",
    "commit": "transaction",
    "rollback": "transaction",
    "checkout": "pool",
    "checkin": "pool",
    "invalidate": "pool",
    "state": "state",
    "expire": "expiry",
    "refresh": "refresh",
    "output": "output",
    "warning": "warning",
    "exception": "exception",
}
_CHANGED = {
    "objects": "state of {}",
    "sessions": "Session {}",
    "connections": "connection {}",
    "names": "variables of {}",
    "tables": "what others see in {}",
}
_HEAD = {"source": "the hash of the story's text"}
_NO_HEAD = ("steps", "initial", "no_session")  # of a recording: told otherwise, or not in its file


def told(before: Recording, now: Recording, source: str, most: int = MOST) -> list[str]:
    """The changes, at most so many and then how many more there are. `source`: the story's text of today."""
    every = list(_changes(before, now, source.splitlines()))
    return every if len(every) <= most else [*every[:most], f"{len(every) - most} more"]


def _changes(before: Recording, now: Recording, lines: list[str]) -> Iterator[str]:
    for name in (name for name in vars(now) if name not in _NO_HEAD):
        was, is_now = getattr(before, name), getattr(now, name)
        if was != is_now:
            yield f"{_HEAD.get(name, f'its {name}')}: {_pair(_text(was), _text(is_now))}"
    for said in _state(before.initial, now.initial):
        yield f"at the start: {said}"
    moved = 0
    for number, old, new in _paired(before.steps, now.steps):
        step = new or old
        assert step is not None
        code = lines[step.lines[0] - 1].strip() if new and not step.file and step.lines[0] <= len(lines) else ""
        where = f"step {number}, line {step.lines[0]} {_cut(code)}".rstrip()
        if not old or not new:
            yield f"{where}: {'step added' if new else 'step removed'}"
            continue
        moved += old.lines != new.lines
        for said in (*_events(old.events, new.events), *_state(old.changes, new.changes), *_rest(old, new)):
            yield f"{where}: {said}"
    if moved:
        yield f"steps at other lines: {moved}"


def _paired(before: list[Step], now: list[Step]) -> Iterator[tuple[int, Step | None, Step | None]]:
    """Steps that belong together, each pair with the number of the step; None for one that was added or removed."""
    if len(before) == len(now):
        yield from ((number, old, new) for number, (old, new) in enumerate(zip(before, now, strict=True), 1))
        return
    old_texts, new_texts = ([_text(_content(one)) for one in steps] for steps in (before, now))
    matcher = SequenceMatcher(None, old_texts, new_texts, False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        pairs = zip_longest(before[old_from:old_to], now[new_from:new_to])
        for number, (old, new) in enumerate(pairs, 1):
            yield (new_from if new else old_from) + number, old, new


def _content(step: Step) -> list[Any]:
    return [step.kind, step.function, step.events, step.changes]


def _events(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    old, new = [_event(one) for one in before], [_event(one) for one in now]
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, False).get_opcodes():
        if old[old_from:old_to] == new[new_from:new_to]:
            continue
        for was, is_now in zip_longest(old[old_from:old_to], new[new_from:new_to]):
            if was and is_now and was[0] == is_now[0]:
                yield f"{was[0]} changed: {_pair(was[1], is_now[1])}"
                continue
            yield from (
                f"{one[0]} {what}: {_cut(one[1])}" for one, what in ((was, "removed"), (is_now, "added")) if one
            )


def _event(event: dict[str, Any]) -> tuple[str, str]:
    """What kind of thing has happened, and what."""
    kind = event["event"]
    if kind == "sql":
        rest = {key: value for key, value in event.items() if key not in ("event", "sql", "parameters", "reason")}
        reason = f", {event['reason']}" if "reason" in event else ""
        return "SQL", f"{event['sql']} {_text(event.get('parameters', []))}{reason} {_text(rest)}"
    rest = {key: value for key, value in event.items() if key != "event"}
    if kind == "output":
        return "output", _text(event["text"])
    return _KINDS[kind], f"{kind.upper() if _KINDS[kind] == 'transaction' else kind} {_text(rest)}"


def _state(before: State, now: State) -> Iterator[str]:
    for kind, said in _CHANGED.items():
        old, new = before.get(kind, {}), now.get(kind, {})
        for label in {**old, **new}:
            if (label in old, old.get(label)) != (label in new, new.get(label)):
                name = "the program" if label == MODULE else label
                was, is_now = (_thing(kind, state, label) for state in (old, new))
                yield f"{said.format(name)}: {_pair(was, is_now)}"


def _thing(kind: str, state: dict[str, Any], label: str) -> str:
    if label not in state:
        return "no change"
    if kind == "objects" and state[label]:
        rest = {key: value for key, value in state[label].items() if key != "state"}
        return f"{state[label]['state']} {_text(rest)}"
    return "gone" if state[label] is None else _text(state[label])


def _rest(old: Step, new: Step) -> Iterator[str]:
    """What else of a step differs."""
    for name in ("kind", "depth", "function", "task", "file", "times", "sessions"):
        if getattr(old, name) != getattr(new, name):
            yield f"its {name}: {_pair(_text(getattr(old, name)), _text(getattr(new, name)))}"


def _pair(was: str, is_now: str) -> str:
    """What was, and what is, each from a little before where they begin to differ."""
    was, is_now = was or "nothing", is_now or "nothing"
    same = len(os.path.commonprefix([was, is_now]))
    skip = max(0, same - _BEFORE) if max(len(was), len(is_now)) > LONGEST else 0
    was, is_now = (_cut(f"… {text[skip:]}" if skip else text) for text in (was, is_now))
    return f"{was} → {is_now}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def _text(value: Any) -> str:
    return value if isinstance(value, str) and "\n" not in value else json.dumps(value, ensure_ascii=False)
