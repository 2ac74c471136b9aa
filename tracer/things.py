"""Items of a listing that say what there is now: objects, Sessions, connections, and rows that others see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tracer import locale
from tracer.markup import attribute, escape, marked_up
from tracer.recording import State, row_count
from tracer.story import Story
from tracer.values import python

MAX_NAMES = 3
MAX_ROWS = 4
_CHANGE = re.compile(r"<del>.*?</del> |</?mark>")


class Things:
    """Draws what differs between two states of a story, each thing only when its item would say something new."""

    def __init__(self, story: Story, language: str) -> None:
        self.story, self.name, self.language, self.words = story, story.name, language, locale.words(language)
        self.said: dict[str, str] = {}  # what was last drawn of a thing

    def changed(self, before: State, after: State, mark: bool = True) -> Iterator[str]:
        """An item for each thing that differs; `mark` what is different inside it."""
        gone = []
        for label, now in after.get("objects", {}).items():
            then = before.get("objects", {}).get(label)
            if now == then or label not in self.story.listed or (not mark and label not in self.story.names):
                continue
            if now is None:
                gone.append(label)
            else:
                yield from self._unless_said(f"o{label}", self._object(label, now, then, mark))
        if gone:
            keys = " ".join(f"o{label}" for label in gone)
            text = self.words["gone" if len(gone) == 1 else "gone, many"]
            names = ", ".join(f"<b>{escape(self._name_of_gone(label, after))}</b>" for label in gone)
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

    def _name_of_gone(self, label: str, after: State) -> str:
        """Its name, and that it is the earlier one where another object has the name now."""
        namesakes = (other for other, thing in after["objects"].items() if thing and other != label)
        named = self.name(label)
        return self.words["earlier"].format(named) if named in map(self.name, namesakes) else named

    def _unless_said(self, key: str, text: str) -> Iterator[str]:
        """The item of a thing, unless its last one says the same: not all that changes is shown."""
        plain = _CHANGE.sub("", text)
        if self.said.get(key) != plain:
            self.said[key] = plain
            yield f"<li data-k={attribute(key)}>{text}"

    def _more(self, before: State, after: State) -> Iterator[str]:
        """Objects that are only counted."""

        def counted(state: State) -> dict[str, int]:
            counts: dict[str, int] = {}
            for label, thing in state.get("objects", {}).items():
                if thing and label in self.story.labels and label not in self.story.listed:
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
        columns = self.story.columns.get(kind, set())
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
        said.append(f"<i>{self.words['transaction']}</i> {_mark(marked_up(text), changed)}")
        return " ".join(said)

    def _labels(self, labels: list[Any]) -> str:
        """The names of a Session's objects, or how many there are."""
        if not labels:
            return self.words["none"]
        few = len(labels) <= MAX_NAMES and all(isinstance(label, str) for label in labels)
        return ", ".join(map(self.name, labels)) if few else str(row_count(labels))

    def _seen(self, before: dict[str, Any], after: dict[str, Any], mark: bool) -> Iterator[str]:
        for table, rows in after.items():
            then = before.get(table)
            if rows == then or table not in self.story.tables:
                continue
            key = attribute(f"t{table}")
            if rows is None:
                yield f"<li class=gone data-k={key} hidden>"
            elif isinstance(rows, str):
                why = self.words["locked"] if "lock" in rows else rows
                yield f"<li data-k={key}><mark>{escape(self.words['unreadable'].format(why))}</mark>"
            else:
                drawn = self._rows(rows, then if mark and isinstance(then, list) else rows)
                yield f"<li data-k={key}><i>{self.words['others see']}</i> <b>{escape(table)}</b> {drawn}"

    def _rows(self, rows: list[Any], then: list[Any]) -> str:
        """The rows, changed ones first if there are many."""
        old = {python(row[:1], self.name): row for row in then if isinstance(row, list)}
        now = {python(row[:1], self.name) for row in rows if isinstance(row, list)}
        drawn, quiet = [], []
        for row in rows:
            if not isinstance(row, list):
                continue  # how many there are
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
        count = locale.rows(row_count(rows), self.language) if rows else self.words["no rows"]
        more = " …" if len(shown) < max(len(drawn) + len(quiet), row_count(rows)) else ""
        if not rows:
            count = _mark(count, bool(then))
        return f"{count} {' '.join(shown)}{more}".rstrip()


def _mark(text: str, changed: bool) -> str:
    return f"<mark>{text}</mark>" if changed else text
