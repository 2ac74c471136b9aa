"""Draw a recording as HTML: an annotated listing, complete without JavaScript and on paper.

`static/stepper.js` turns the listing into a stepper, `static/stepper.css` gives both their looks. The markup is
frugal, because a page holds several stories. All there is:

    section.stepper#steps-NAME
      p               title, number of steps, file
      ol
        li            a line that is no stop; data-l: its number
        li#steps-NAME-5    a stop: code, p (the sentence), ul (facts)
        li.w          words of their own: what was there at the start, and how it ended

A line that stands apart from the one above it is of class g. In code `i` is colored: k keyword, s string, m number,
c comment, nf a name that is defined.

Facts are `li`. What happened, in order: with data-c, on a connection (`b` verb and table, `i` a list of columns,
`var` a parameter, `small` the rest); `li.x` an exception or a warning. What there is now: with data-k, a thing by kind
and label: oAuthor#1 an object (o… those that are only counted), s1 a Session, c1 a connection, tauthor a table as
others see it (t*: why they cannot), p what was printed. The last item with a thing's key at or before a step tells its
whole condition then; `del` and `mark` are what that step changed, `s` what is expired, a class like pending a state.
An item of class gone ends its things, of which there may be several.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape as _escape
from pathlib import Path
from typing import Any

from tracer import sentences, statements
from tracer.facts import SIGN
from tracer.markup import attribute, code, escape, statement
from tracer.recording import ARROW, MODULE, Recording, State, Step
from tracer.words import WORDS, plural, python, short

STATIC = Path(__file__).parent / "static"
MARK = "# --- story"
MAX_OBJECTS = 10  # drawn one by one; more are counted
MAX_NAMES = 3
MAX_ROWS = 4
_CODE = re.compile(r"`([^`]*)`")
_WORD = re.compile(r"<b>\w+</b>")
_WORDS = re.compile(r"(<(b|small)>[^<]*</\2> ?)+")
_CUT = re.compile(r"\s*# --8<--")
_CHANGE = re.compile(r"<del>.*?</del> |</?mark>")
_HEADER = re.compile(r"\s*(?:async )?(with|for|while)\b")


def render(recording: Recording, source: str, language: str = "en", name: str = "") -> str:
    """The fragment for a page. `name` makes its ids unique there; by default the program's own name."""
    return _Drawing(recording, source, language, name).section()


def page(recording: Recording, source: str, language: str = "en") -> str:
    """A page that stands alone: nothing is fetched, and only its own script and styles are allowed."""
    style = _static("page.css") + _static("stepper.css")
    script = _static("stepper.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    title = escape(recording.program)
    return (
        f'<!doctype html>\n<html lang="{"zh-Hans" if language == "zh" else language}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n<main>\n<h1>{title}</h1>\n"
        f"{render(recording, source, language)}\n</main>\n<script>{script}</script>\n</html>\n"
    )


@functools.cache
def _static(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def display_names(recording: Recording) -> dict[str, str]:
    """Label → the variable that names the thing, or no entry for what shows its label.

    A name belongs to the first thing that is bound to it; to a later one only if the first was gone before that one
    came, so that no two things of one moment share a name. The program's own variables precede those of functions.
    """
    moments = [recording.initial, *(step.changes for step in recording.steps)]
    came: dict[str, int] = {}
    gone: dict[str, int] = {}
    for number, changes in enumerate(moments):
        for label, thing in (*changes.get("objects", {}).items(), *changes.get("sessions", {}).items()):
            if thing is None:
                gone[label] = number
            else:
                came.setdefault(label, number)
    names: dict[str, str] = {}
    owner: dict[str, str] = {}
    for of_functions in (False, True):
        for changes in moments:
            for function, variables in changes.get("names", {}).items():
                if (function != MODULE) != of_functions:
                    continue
                for variable, value in (variables or {}).items():
                    if not isinstance(value, str) or not value.startswith(ARROW):
                        continue
                    label = value[len(ARROW) :]
                    held = owner.get(variable)
                    late = held is not None and gone.get(held, len(moments)) > came.get(label, 0)
                    if label not in names and not late:
                        names[label], owner[variable] = variable, label
    return names


class _Drawing:
    def __init__(self, recording: Recording, source: str, language: str, name: str) -> None:
        self.recording, self.language, self.words = recording, language, WORDS[language]
        self.id = "steps-" + (name or re.sub(r"\W+", "-", Path(recording.program).stem))
        self.lines = source.splitlines()
        self.start = next((number for number, line in enumerate(self.lines, 1) if line.startswith(MARK)), 0)
        self.names = display_names(recording)
        self.said: dict[str, str] = {}  # what was last drawn of a thing
        self._know()

    def _know(self) -> None:
        """What must be known of the whole story beforehand."""
        self.columns: dict[str, set[str]] = {}
        self.tables: set[str] = {"*"}
        relations: set[tuple[str, str]] = set()
        labels: dict[str, None] = {}
        for changes in (self.recording.initial, *(step.changes for step in self.recording.steps)):
            for label, thing in changes.get("objects", {}).items():
                if thing is None:
                    continue
                if changes is not self.recording.initial:
                    labels[label] = None
                kind = label.partition("#")[0]
                for key, value in thing["values"].items():
                    if isinstance(value, list) or (isinstance(value, str) and value.startswith(ARROW)):
                        relations.add((kind, key))
                    else:
                        self.columns.setdefault(kind, set()).add(key)
            if changes is not self.recording.initial:
                self.tables.update(changes.get("tables", {}))
        for kind, key in relations:
            self.columns.get(kind, set()).discard(key)
        for step in self.recording.steps:
            self.tables.update(statements.table(event["sql"]) for event in step.events if event["event"] == "sql")
        self.labels = set(labels)
        # Named things first: they are what the program speaks of.
        listed = sorted(labels, key=lambda label: label not in self.names)
        self.listed = set(listed if len(listed) <= MAX_OBJECTS else listed[:MAX_OBJECTS])

    def name(self, label: str) -> str:
        return self.names.get(label, label)

    # The listing.

    def section(self) -> str:
        items = list(self._items())
        steps = self.stops
        count = self.words["one step"] if steps == 1 else self.words["steps"].format(steps)
        file = Path(self.recording.program).name
        label = self.words["step through"].format(self.id.removeprefix("steps-"))  # unique, as the id is
        return (
            f'<section class="stepper" id="{_escape(self.id)}" aria-label="{_escape(label)}">'
            f"<p><b>{self.words['title']}</b> <small>{count}</small> <code>{escape(file)}</code></p>"
            f"<ol>{_closed(items)}</ol></section>"
        )

    def _items(self) -> Iterator[str]:
        recording = self.recording
        stops = self._stops()
        self.stops = len(stops)
        executed = {line for step, *_ in stops for line in range(step.lines[0], step.lines[1] + 1)}
        plain = self._plain(executed)
        if first := _closed(self._changed({}, recording.initial, mark=False)):
            yield f"<li class=w><p>{self.words['at the start']}</p><ul>{first}</ul>"
        shown: set[int] = set()
        task = ""
        for number, (step, events, before, after) in enumerate(stops, 1):
            first_line = step.lines[0]
            if first_line not in shown:
                for line in plain.pop(first_line, ()):
                    yield self._line(line)
            gap = self._gap(first_line) if first_line not in shown else ""
            shown.add(first_line)
            text = "\n".join(
                line for line in self.lines[first_line - 1 : step.lines[1]] if not line.lstrip().startswith(SIGN)
            ).rstrip()
            note = ""
            if step.task != task:
                task = step.task
                note += f" <small class=t>{escape(task or 'main')}</small>"
            if step.kind in ("exit", "resume"):
                note += f" <small>{escape(self._again(step))}</small>"
            moment = sentences.Moment(
                step, events, before, after, text.partition("\n")[0], self.name, not recording.no_witness
            )
            told = _marked_up(sentences.sentence(moment, self.language))
            facts = _closed([*self._happened(events), *self._changed(before, after)])
            yield (
                f"<li id={attribute(f'{self.id}-{number}')} data-l={first_line}{gap}><code>{code(text)}</code>{note}"
                f"<p>{told}</p>" + (f"<ul>{facts}</ul>" if facts else "")
            )
        for lines in plain.values():
            for line in lines:
                yield self._line(line)
        for key, value in (
            ("stopped", recording.truncated),
            ("uncaught", recording.uncaught),
            ("no witness", recording.no_witness),
        ):
            if value:
                yield f"<li class=w><p>{escape(self.words[key].format(value))}</p>"

    def _line(self, number: int) -> str:
        """A line that is no stop."""
        return f"<li data-l={number}{self._gap(number)}><code>{code(self.lines[number - 1])}</code>"

    def _gap(self, number: int) -> str:
        """The class of a line that stands apart from the one above it."""
        above = self.lines[number - 2] if number > 1 else ""
        return " class=g" if not above.strip() or _CUT.match(above) else ""

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
        return step.lines[0] <= self.start

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

    def _happened(self, events: Iterable[dict[str, Any]]) -> Iterator[str]:
        printed, taken = "", ""
        ready: list[tuple[str, str]] = []  # connection, text
        for event in events:
            kind, connection = event["event"], event.get("connection", "")
            if kind == "output":
                printed += event["text"]
            elif kind == "checkout":
                taken = f"<small>{self.words['checkout']}</small>"
                ready.append((connection, taken))
            elif kind in ("begin", "commit", "rollback"):
                ready.append((connection, f"<b>{kind.upper()}</b>"))
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
        if printed:
            yield f"<li data-k=p><i>{self.words['prints']}</i> <samp>{escape(printed.rstrip())}</samp>"

    # What there is.

    def _changed(self, before: State, after: State, mark: bool = True) -> Iterator[str]:
        """An item for each thing that differs; `mark` what is different inside it."""
        gone = []
        for label, now in after.get("objects", {}).items():
            then = before.get("objects", {}).get(label)
            if now == then or label not in self.listed or (not mark and label not in self.names):
                continue
            if now is None:
                gone.append(label)
            else:
                yield from self._unless_said(f"o{label}", self._object(label, now, then, mark))
        if gone:
            keys = " ".join(f"o{label}" for label in gone)
            text = self.words["gone" if len(gone) == 1 else "gone, many"]
            names = ", ".join(f"<b>{escape(self.name(label))}</b>" for label in gone)
            yield f"<li class=gone data-k={attribute(keys)}>{names} <small>{text}</small>"
        if mark:
            yield from self._more(before, after)
        for label, now in after.get("sessions", {}).items():
            then = before.get("sessions", {}).get(label)
            if now == then or not mark:
                continue
            if now is None:
                yield f"<li class=gone data-k={label} hidden>"
            else:
                yield from self._unless_said(label, self._session(label, now, then))
        for label, now in after.get("connections", {}).items():
            then = before.get("connections", {}).get(label)
            if now != then and mark:
                kind = " class=gone" if now is None else ""
                yield f"<li{kind} data-k={label}><b>{label}</b> {self.words[f'c {now}']}"
        yield from self._seen(before.get("tables", {}), after.get("tables", {}), mark)

    def _unless_said(self, key: str, text: str) -> Iterator[str]:
        """The item of a thing, unless its last one says the same: not all that changes is shown."""
        plain = _CHANGE.sub("", text)
        if self.said.get(key) != plain:
            self.said[key] = plain
            yield f"<li data-k={key}>{text}"

    def _more(self, before: State, after: State) -> Iterator[str]:
        """Objects that are only counted."""

        def counted(state: State) -> dict[str, int]:
            counts: dict[str, int] = {}
            for label, thing in state.get("objects", {}).items():
                if thing and label in self.labels and label not in self.listed:
                    counts[thing["state"]] = counts.get(thing["state"], 0) + 1
            return counts

        if (now := counted(after)) == counted(before):
            return
        total = sum(now.values())
        if not total:
            yield "<li class=gone data-k=o… hidden>"
            return
        states = ", ".join(f"{count} × {self._state(state)}" for state, count in now.items())
        yield f"<li data-k=o…><b>{self.words['more objects'].format(total)}</b> <small>{states}</small>"

    def _state(self, state: str) -> str:
        return f"<b class={state}>{self.words[state]}</b>"

    def _object(self, label: str, now: dict[str, Any], then: dict[str, Any] | None, mark: bool) -> str:
        kind = label.partition("#")[0]
        columns = self.columns.get(kind, set())
        said = [f"<b>{escape(self.name(label))}</b>"]
        if mark and then and then["state"] != now["state"]:
            said.append(f"<del>{self.words[then['state']]}</del>")
        said.append(self._state(now["state"]))
        old, values = then["values"] if then else {}, []
        for key, value in now["values"].items():
            text = escape(python(value, self.name))
            if mark and then is not None and old.get(key, "missing") != value:
                if key in old:
                    text = f"<del>{escape(python(old[key], self.name))}</del> <mark>{text}</mark>"
                else:
                    text = f"<mark>{text}</mark>"
            values.append(f"{escape(key)}={text}")
        if not now["values"] and now.get("key"):
            values.append(f"{self.words['key']} {escape(', '.join(python(part, self.name) for part in now['key']))}")
        if values:
            said.append(f"<i>{', '.join(values)}</i>")
        expired = [key for key in now.get("expired", ()) if key in columns or key in old]
        if expired:
            why = "expired" if now["state"] == "persistent" else "expired, detached"
            said.append(f"<s>{escape(' '.join(expired))}</s> <small>{self.words[why]}</small>")
        missing = [
            key for key in now.get("unloaded", ()) if key in columns and now["state"] in ("persistent", "detached")
        ]
        if missing:
            said.append(f"{escape(' '.join(missing))} <small>{self.words['not loaded']}</small>")
        return " ".join(said)

    def _session(self, label: str, now: dict[str, Any], then: dict[str, Any] | None) -> str:
        said = [f"<b>{escape(self.name(label))}</b>"]
        if not any(now.values()):
            return f"{said[0]} {_mark(self.words['idle'], then is not None)}"
        for key in ("new", "dirty", "deleted", "map"):
            changed = then is not None and then[key] != now[key]
            if not now[key] and not changed:
                continue
            title = self.words["identity map"] if key == "map" else key
            said.append(f"<i>{title}</i> {_mark(escape(self._labels(now[key])), changed)}")
        transaction = str(now["transaction"])
        text = (
            self.words["tx inactive"] if "inactive" in transaction else self.words.get(f"tx {transaction}", transaction)
        )
        changed = then is not None and then["transaction"] != now["transaction"]
        said.append(f"<i>{self.words['transaction']}</i> {_mark(_marked_up(text), changed)}")
        return " ".join(said)

    def _labels(self, labels: list[str]) -> str:
        if not labels:
            return self.words["none"]
        return ", ".join(map(self.name, labels)) if len(labels) <= MAX_NAMES else str(len(labels))

    def _seen(self, before: dict[str, Any], after: dict[str, Any], mark: bool) -> Iterator[str]:
        for table, rows in after.items():
            then = before.get(table)
            if rows == then or table not in self.tables:
                continue
            if rows is None:
                yield f"<li class=gone data-k=t{table} hidden>"
            elif isinstance(rows, str):
                why = self.words["locked"] if "lock" in rows else rows
                yield f"<li data-k=t{table}><mark>{escape(self.words['unreadable'].format(why))}</mark>"
            else:
                drawn = self._rows(rows, then if mark and isinstance(then, list) else rows)
                yield f"<li data-k=t{table}><i>{self.words['others see']}</i> <b>{escape(table)}</b> {drawn}"

    def _rows(self, rows: list[Any], then: list[Any]) -> str:
        """The rows, changed ones first if there are many."""
        old = {python(row[:1], self.name): row for row in then if isinstance(row, list)}
        now = {python(row[:1], self.name) for row in rows if isinstance(row, list)}
        drawn, quiet = [], []
        for row in rows:
            if not isinstance(row, list):
                quiet.append(escape(row))
                continue
            was = old.get(python(row[:1], self.name))
            cells = [
                _mark(escape(python(cell, self.name)), was is not None and index < len(was) and was[index] != cell)
                for index, cell in enumerate(row)
            ]
            text = f"<code>{', '.join(cells)}</code>"
            (quiet if was == row else drawn).append(_mark(text, was is None))
        for key, row in old.items():
            if key not in now:
                drawn.append(f"<del><code>{escape(python(row, self.name)[1:-1])}</code></del>")
        shown = drawn + quiet if len(drawn) + len(quiet) <= MAX_ROWS else (drawn + quiet)[:MAX_ROWS]
        count = plural(len(rows), self.language) if rows else self.words["no rows"]
        more = " …" if len(shown) < len(drawn) + len(quiet) else ""
        if not rows:
            count = _mark(count, bool(then))
        return f"{count} {' '.join(shown)}{more}".rstrip()


def _closed(items: Iterable[str]) -> str:
    """Items of a list with their ends, which HTML does not ask for but readers of HTML in Python do."""
    return "".join(f"{item}</li>" for item in items)


def _mark(text: str, changed: bool) -> str:
    return f"<mark>{text}</mark>" if changed else text


def _marked_up(text: str) -> str:
    return _CODE.sub(lambda code: f"<code>{code[1]}</code>", escape(text))


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
