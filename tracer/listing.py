"""The lines of a program, each with what it did: one item a stop, and one for each line that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as _escape
from pathlib import Path
from typing import Any

from tracer import locale, stepper_data, unsent
from tracer.facts import SIGN
from tracer.headlines import Headlines
from tracer.markup import attribute, closed, code, escape, marked_up, statement
from tracer.moment import Moment
from tracer.recording import MARK, Recording, State, Step
from tracer.several_files import Sources, together
from tracer.slots import slots
from tracer.story import Story
from tracer.things import Things
from tracer.uncommitted import Uncommitted
from tracer.values import short

MAX_SHORT = 10  # lines of a short story
_WORD = re.compile(r"<b>\w+</b>( <small>[^<]*</small>)?")
_WORDS = re.compile(r"(<(b|small)>[^<]*</\2> ?)+")
_CUT = re.compile(r"\s*# --8<--")
_HEADER = re.compile(r"\s*(?:async )?(with|for|while)\b")


class Listing:
    """The listing of one recording in one language."""

    def __init__(
        self,
        recording: Recording,
        source: str,
        language: str,
        name: str,
        program: str = "",
        library: str = "",
        sources: Sources | None = None,
    ) -> None:
        program = program or stepper_data.program(source)
        recording, source = together(recording, source, sources or {})
        self.recording, self.language, self.words = recording, language, locale.words(language)
        self.id = "steps-" + (name or re.sub(r"\W+", "-", Path(recording.program).stem))
        self.lines, self.program, self.library = source.splitlines(), program, library
        self.start = next((number for number, line in enumerate(self.lines, 1) if line.startswith(MARK)), 0)
        self.story = Story(recording)
        self.things = Things(self.story, language)
        self.name = self.story.name
        self.stops = self._stops()
        rows = Uncommitted(recording)
        self.boxes = [rows.take(number, *stop[1:]) for number, stop in enumerate(self.stops)]

    def section(self, opening: int = 0) -> str:
        """The whole of it; `opening`: the stop, from 1, at which the stepper opens; 0: where most happens."""
        items = list(self._items())
        steps = len(self.stops)
        opens = f" data-open={opening}" if opening else ""
        count = self.words["one step"] if steps == 1 else self.words["steps"].format(steps)
        file = Path(self.recording.program).name
        label = self.words["step through"].format(self.id.removeprefix("steps-"))  # unique, as the id is
        return (
            f'<section class="{self._class()}" id="{_escape(self.id)}" aria-label="{_escape(label)}"{opens}>'
            f"<p><b>{self.words['title']}</b> <small>{count}</small> <code>{escape(file)}</code></p>"
            f"<ol>{closed(items)}</ol>{self._data()}</section>"
        )

    def _class(self) -> str:
        """A short story of one Session takes less room, and says so before the script runs."""
        if slots([after for *_, after in self.stops], self.boxes)["count"] > 1:
            return "stepper"
        shown = {step.lines[0] for step, *_ in self.stops}
        lines = shown.union(*self._plain(shown).values()) if shown else shown
        return "stepper short" if len(lines) <= MAX_SHORT and len(self.story.labels) <= 2 else "stepper"

    def _data(self) -> str:
        said = stepper_data.data(
            self.recording, self.program, self.stops, self.boxes, self.story.tables, self.code, self.words, self.library
        )
        return f'<script type="application/json">{stepper_data.dumps(said)}</script>' if self.stops else ""

    def _items(self) -> Iterator[str]:
        recording = self.recording
        stops = self.stops
        executed = {line for step, *_ in stops for line in range(step.lines[0], step.lines[1] + 1)}
        plain = self._plain(executed)
        if first := closed(self.things.changed({}, recording.initial, mark=False)):
            yield f"<li class=w><p>{self.words['at the start']}</p><ul>{first}</ul>"
        shown: set[int] = set()
        task, headlines = "", Headlines(self.language)
        for number, (step, events, before, after) in enumerate(stops, 1):
            first_line = step.lines[0]
            if first_line not in shown:
                for line in plain.pop(first_line, ()):
                    yield self._line(line)
            gap = self._gap(first_line) if first_line not in shown else ""
            shown.add(first_line)
            text = self.code(step)
            note = ""
            if step.task != task:
                task = step.task
                note += f" <small class=t>{escape(task or 'main')}</small>"
            if step.file:
                note += f" <small>{escape(step.file)}</small>"
            if step.kind in ("exit", "resume"):
                note += f" <small>{escape(self._again(step))}</small>"
            first, witnessed = text.partition("\n")[0], not recording.no_witness
            moment = Moment(step, events, before, after, first, self.name, witnessed, self._calls(step))
            headline, rest = headlines.told(moment, self.boxes[number - 1], number - 1)
            told = f"<strong>{marked_up(headline)}</strong>" + (f" {marked_up(rest)}" if rest else "")
            if step.times > 1:
                told += f" <small>{escape(self.words['more turns'].format(step.times - 1))}</small>"
            facts = closed([*self._happened(events, after, headline), *self.things.changed(before, after)])
            yield (
                f"<li id={attribute(f'{self.id}-{number}')} data-l={first_line}{gap}><code>{code(text)}</code>{note}"
                f"<p>{told}</p>" + (f"<ul>{facts}</ul>" if facts else "")
            )
        for lines in plain.values():
            for line in lines:
                yield self._line(line)
        for key, value in (
            ("stopped", recording.stopped),
            ("uncaught", recording.uncaught),
            ("no witness", recording.no_witness),
        ):
            if value:
                yield f"<li class=w><p>{escape(self.words[key].format(value))}</p>"

    def code(self, step: Step) -> str:
        """The code of a step, without its checked comments."""
        lines = self.lines[step.lines[0] - 1 : step.lines[1]]
        return "\n".join(line for line in lines if not line.lstrip().startswith(SIGN)).rstrip()

    def _line(self, number: int) -> str:
        """A line that is no stop."""
        return f"<li data-l={number}{self._gap(number)}><code>{code(self.lines[number - 1])}</code>"

    def _gap(self, number: int) -> str:
        """The class of a line that stands apart from the one above it."""
        above = self.lines[number - 2] if number > 1 else ""
        return " class=g" if not above.strip() or _CUT.match(above) else ""

    def _calls(self, step: Step) -> str:
        """The program's function that runs inside a statement, if its first lines are the next to run."""
        number = next(number for number, one in enumerate(self.recording.steps) if one is step)
        then = next(iter(self.recording.steps[number + 1 :]), None)
        if step.kind not in ("statement", "assert") or then is None or then.depth <= step.depth:
            return ""
        name = then.function.rpartition(".")[2]
        named = re.search(rf"\b{re.escape(name)}\b", self.code(step))
        return name if name.isidentifier() and (then.task == step.task or named) else ""

    def _again(self, step: Step) -> str:
        header = _HEADER.match(self.lines[step.lines[0] - 1])
        if header and header[1] == "with":
            return self.words["leaving" if step.kind == "exit" else "goes on"]
        if header and step.kind == "resume":
            return self.words["again"]
        return self.words["returned" if step.kind == "exit" else "goes on"]

    def _stops(self) -> list[tuple[Step, list[dict[str, Any]], State, State]]:
        """The steps worth a stop, each with the states around it. What others changed falls to the next one."""
        stops = []
        before = {kind: dict(values) for kind, values in self.recording.initial.items()}
        events: list[dict[str, Any]] = []
        following = [*self.recording.steps[1:], None]
        for step, state, then in zip(self.recording.steps, self.recording.states(), following, strict=False):
            events += step.events
            if then and self._in_setup(then) and then.depth > step.depth and not events:
                continue  # calls a function of the setup: what that does is told when it is done
            if step.kind in ("assert", "exit", "resume") and not events and not self._visible(before, state):
                continue
            if self._in_setup(step):
                continue
            after = {kind: dict(values) for kind, values in state.items()}
            stops.append((step, events, before, after))
            before, events = after, []
        return stops

    def _in_setup(self, step: Step) -> bool:
        """A function of the setup that the story calls: its lines are not shown, what they did is its caller's."""
        return not step.file and step.lines[0] <= self.start

    def _visible(self, before: State, after: State) -> bool:
        return any(
            before.get(kind, {}).get(label) != value and (value is not None or kind == "objects")
            for kind in ("objects", "sessions", "connections", "tables")
            for label, value in after.get(kind, {}).items()
        )

    def _plain(self, executed: set[int]) -> dict[int, list[int]]:
        """Lines that no stop executes, by the stop's line that they precede; 0: after all."""
        plain: dict[int, list[int]] = {}
        waiting: list[int] = []
        for number in range(self.start + 1, len(self.lines) + 1):
            text = self.lines[number - 1]
            if number in executed:
                if waiting:
                    plain[number], waiting = waiting, []
            elif text.strip() and not _CUT.match(text) and not text.lstrip().startswith(SIGN):
                waiting.append(number)
        if waiting:
            plain[0] = waiting
        return plain

    # What happened.

    def _happened(self, events: list[dict[str, Any]], after: State, headline: str) -> Iterator[str]:
        printed, taken = "", ""
        ready: list[tuple[str, str]] = []  # connection, text
        for index, event in enumerate(events):
            kind, connection = event["event"], event.get("connection", "")
            if kind == "output":
                printed += event["text"]
            elif kind == "checkout":
                taken = f"<small>{self.words['checkout']}</small>"
                ready.append((connection, taken))
            elif kind in ("begin", "commit", "rollback"):
                if kind == "begin" and unsent.is_said_aloud(events, index):
                    continue
                note = f" <small>{self.words['unsent']}</small>" if unsent.is_unsent(events, index, after) else ""
                ready.append((connection, f"<b>{kind.upper()}</b>{note}"))
            elif kind in ("checkin", "invalidate"):
                ready.append((connection, f"<small>{self.words[kind]}</small>"))
            elif kind == "sql":
                ready.append((connection, statement(event, self.name, self.language)))
            elif kind == "exception":
                ready.append(("", f"<b>{escape(event['type'])}</b> {escape(short(event['message'], 120))}"))
            elif kind == "warning":
                ready.append(("", f"<b>{escape(event['category'])}</b> {escape(short(event['text'], 120))}"))
        for connection, text in _joined(ready):
            yield f"<li data-c={connection}>{text}" if connection else f"<li class=x>{text}"
        if printed and f"`{printed.strip()}`" not in headline:  # which has all of it
            yield f"<li data-k=p><i>{self.words['prints']}</i> <samp>{escape(printed.rstrip())}</samp>"


def _joined(ready: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbours on one connection that are mere words (BEGIN, from the pool) share a line."""
    last: tuple[str, str] | None = None
    for connection, text in ready:
        short = connection and not text.startswith("<b>") or _WORD.fullmatch(text)
        if last and last[0] == connection and connection and short and _WORDS.fullmatch(last[1]):
            last = (connection, f"{last[1]} {text}")
            continue
        if last:
            yield last
        last = (connection, text)
    if last:
        yield last
