"""Turns of a loop that are alike become one, with their number: `Step.times`.

A turn is whatever runs again and again inside one running step: the body of a loop, or a function that a comprehension
calls. The first few are kept as they are. A later one that does what an earlier one did, line by line and event by
event, is counted there and not kept itself; the first few times not if others have come between.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tracer import statements
from tracer.recording import Recording, State, Step

MAX_ALIKE = 50  # events of one step, each like the others
SHOWN = 5  # so many turns of each loop are kept whatever they do
_OF_ITSELF = ("exit", "resume")  # such a step without events only says that something has changed
_SQL = ("connection", "session", "sql", "reason", "many")
_Place = tuple[str, tuple[int, int]]  # file, lines


def few(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`events` of a step, where very many are alike with the first of those, and one that counts the rest."""
    if len(events) <= MAX_ALIKE:
        return events
    kept: list[dict[str, Any]] = []
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for event in events:
        kind = event["event"]
        if kind in ("output", "warning", "exception") or "error" in event:
            kept.append(event)
            continue
        same = alike.setdefault(tuple(event.get(name) for name in ("event", "change", *_SQL)), [])
        if len(same) <= MAX_ALIKE:
            same.append(dict(event))
            kept.append(same[-1])
        elif "objects" in event:
            same[-1]["objects"] = [*same[-1]["objects"], *event["objects"]]
        else:
            same[-1]["times"] = same[-1].get("times", 1) + 1
        if "wrote" in event and "times" in same[-1]:
            same[-1]["wrote"] = [
                {"table": event["wrote"][0]["table"], "count": same[-1]["times"] * len(event["wrote"])}
            ]
    return kept


@dataclass
class _Turn:
    """One that is kept: its steps, how many times each ran in it, and how many turns it stands for."""

    steps: list[Step]
    units: list[int]
    count: int = 1
    again: int = 0  # how many turns like it were kept after others that came between


@dataclass
class Turns:
    """Those of one running step, as far as `task` runs them."""

    task: str
    start: int  # the index of the first step of the turn that runs now
    places: set[_Place] = field(default_factory=set)  # of what has run in it
    number: int = 0  # how many turns have ended
    kept: dict[tuple[Any, ...], _Turn] = field(default_factory=dict)  # by what they do
    folding: bool = False  # the latest turn was only counted, and this one is like an earlier one so far
    known: set[int] = field(default_factory=set)  # how turns that are kept began: a hash after each of their steps
    walk: set[int] = field(default_factory=set)  # the same of the turn that runs now
    beginning: list[tuple[Step, int]] = field(default_factory=list)  # its steps so far, with the hash after each


class Folding:
    """The turns of one recording."""

    def __init__(self, recording: Recording) -> None:
        self.steps = recording.steps

    def begins(self, parent: Any, step: Any) -> None:
        """Note that `step` begins inside `parent`: perhaps a new turn."""
        turns: Turns = parent.turns
        place = step.file, step.lines
        if turns is None:
            turns = parent.turns = Turns(step.task, len(self.steps))
        elif turns.task != step.task:
            return
        elif place in turns.places:
            self._end(turns)
            turns.places.clear()
            turns.start = len(self.steps)
        turns.places.add(place)

    def starts_below_header(self, parent: Any) -> None:
        """Note that `parent` has just been written for the first time: it is no part of a turn."""
        if parent.turns is not None:
            parent.turns.start = len(self.steps)

    def ends(self, step: Any) -> bool:
        """Note that `step` ends, and its last turn with it. Says whether the changes of turns are still unknown."""
        turns: Turns | None = step.turns
        if turns is None:
            return False
        unknown = turns.folding
        self._end(turns)
        step.turns = None
        return unknown or turns.folding

    def counts_only(self, step: Any, written: Step) -> bool:
        """Whether `written`, a part of `step`, goes on with a turn like an earlier one: then nothing is looked up."""
        while step is not None:
            turns: Turns | None = step.turns
            if turns is not None and turns.folding:
                quiet = not written.events and written.kind in _OF_ITSELF
                turns.folding = quiet or hash((self._begun(turns), _said(written))) in turns.known
                if turns.folding:
                    return True
            step = step.parent
        return False

    def add(self, step: Any, written: Step) -> None:
        """Add `written`, a part of `step`, to the steps."""
        self.steps.append(written)
        while step is not None:
            turns: Turns | None = step.turns
            if turns is not None and not turns.folding:
                turns.walk.add(self._begun(turns))
            step = step.parent

    def _begun(self, turns: Turns) -> int:
        """A hash of all that the turn which runs now has done so far."""
        known, start = turns.beginning, turns.start
        del known[max(0, len(self.steps) - start) :]
        if known and known[-1][0] is not self.steps[start + len(known) - 1]:
            known.clear()  # other threads have come between
        for step in self.steps[start + len(known) :]:
            before = known[-1][1] if known else 0
            quiet = not step.events and step.kind in _OF_ITSELF
            known.append((step, before if quiet else hash((before, _said(step)))))
        return known[-1][1] if known else 0

    def _end(self, turns: Turns) -> None:
        turn = self.steps[turns.start :]
        turns.number += 1
        turns.folding = False
        walk, turns.walk = turns.walk, set()
        turns.beginning.clear()
        if not turn or any(step.task != turns.task for step in turn):
            return
        said = tuple((_said(step), step.times) for step in turn if step.events or step.kind not in _OF_ITSELF)
        alike = turns.kept.get(said)
        between = alike is not None and self.steps[turns.start - 1] is not alike.steps[-1]
        if alike and between and turns.number > SHOWN and alike.again < SHOWN:
            # What the next ones change is not the doing of those that came between.
            turns.kept[said] = _Turn(turn, [step.times for step in turn], again=alike.again + 1)
        elif alike and turns.number > SHOWN:
            del self.steps[turns.start :]
            alike.count += 1
            for step, unit in zip(alike.steps, alike.units, strict=True):
                step.times = unit * alike.count
            for step in turn:
                self.merge(step.changes)
            turns.folding = True
        else:
            turns.kept[said] = _Turn(turn, [step.times for step in turn])
            turns.known |= walk

    def merge(self, changes: State) -> None:
        """Add changes to the last step there is: they are those of the turns that it stands for."""
        for kind, values in changes.items():
            self.steps[-1].changes.setdefault(kind, {}).update(values)


def _said(step: Step) -> tuple[Any, ...]:
    """What a step did, without what differs between turns that are alike: values, objects, connections."""
    return step.file, step.lines, step.kind, step.depth, step.function, tuple(map(_event, step.events))


def _event(event: dict[str, Any]) -> tuple[Any, ...]:
    kind = event["event"]
    if kind == "sql":
        return kind, statements.summary(event["sql"]), event.get("reason"), event.get("error"), "many" in event
    return kind, event.get("change"), event.get("type"), event.get("category")
