"""The one thing that a step is about: its reason rather than a list, and then the rest of its sentence.

Rows come from `uncommitted.py`: a headline says of rows what the picture shows.
"""

from __future__ import annotations

import re
from typing import Any

from tracer import locale, sentences, statements, unsent
from tracer.moment import Moment

Row = dict[str, Any]


_MINOR = ("nothing", "pool", "begins", "unsent")  # kinds of clauses that are no headline where there are others
_BLOCK = re.compile(r"\s*(?:async )?(with|for|while)\b")
_REFRESH = re.compile(r"\.refresh\(")  # a call that loads, and no reading of an attribute
_LONGEST = 60  # characters of output that a headline has room for


def _line(printed: str) -> str:
    """The first line of what was printed, as code may hold it; cut where it is long or where more follows."""
    first, _, more = printed.replace("`", "'").partition("\n")
    if len(first) > _LONGEST:
        return f"{first[:_LONGEST].rstrip()}…"
    return f"{first} …" if more else first


class Headlines:
    """Headlines of a story's stops, in their order: for how many rows a thing was loaded lazily counts."""

    def __init__(self, language: str) -> None:
        self.language, self.words = language, locale.words(language)
        self._loads: dict[tuple[str, str], set[str]] = {}  # what is loaded, the Session → the rows it was loaded for

    def told(self, moment: Moment, boxes: list[dict[str, Any]], stop: int) -> tuple[str, str]:
        """The headline, and the rest, which may be empty. `boxes`: what is behind glass after the stop."""
        said = sentences.clauses(moment, self.language)
        headline, covered = self._headline(moment, boxes, stop, said)
        if not headline:
            first = next((number for number, (kind, _) in enumerate(said) if kind not in _MINOR), 0)
            headline, covered = said.pop(first)[1], ()
        if moment.step.kind in ("exit", "resume") and not _BLOCK.match(moment.code):
            covered = (*covered, "nothing")  # the end of a call: what was sent inside it is told before
        rest = [text for kind, text in said if kind not in covered]
        if "unseen" in covered:  # that the transaction stays open is said by it
            rest = [text.removesuffix(self.words["stays open"]) for text in rest]
        return (
            sentences.joined([headline], self.language),
            sentences.joined(rest, self.language) if rest else "",
        )

    def _headline(
        self, moment: Moment, boxes: list[dict[str, Any]], stop: int, said: list[sentences.Clause]
    ) -> tuple[str, tuple[str, ...]]:
        """The headline, and the kinds of clauses that it makes needless; empty if a clause will do."""
        events, words = moment.events, self.words
        loads = self._lazy(events)
        sent = unsent.without_unsent(events, moment.after)
        ends = [event["event"] for event in sent if event["event"] in ("commit", "rollback")]
        refused = next((event for event in events if event["event"] == "sql" and "error" in event), None)
        if refused:
            raised = ("fails", words["fails"].format(refused["error"]))
            if refused not in sent:
                verb = statements.verb(refused["sql"])
                return words["head unsent"].format(verb, refused["error"]), ("fails", "nothing")
            return self._refused(refused, events), ("fails",) if raised in said else ()
        if any(kind == "fails" for kind, _ in said):
            return next(text for kind, text in said if kind == "fails"), ("fails",)
        if "commit" in ends:
            public = next((text for kind, text in said if kind == "seen"), "")
            if not public:
                return "", ()
            alone = not any(event["event"] == "sql" for event in events)
            return words["head commit"].format(public), ("seen", "sent") if alone else ("seen",)
        public = next((text for kind, text in said if kind == "seen"), "")
        if public and unsent.public_at_once(events, moment.after):
            return words["head at once"].format(public), ("seen",)
        undone = [row for box in boxes for row in box.get("discarded", ())]
        if undone:
            return words["head undone"].format(locale.rows(len(undone), self.language)), ()
        rows = [row for box in boxes for level in box.get("levels", ()) for row in level if row["step"] == stop]
        if rows and not ends and moment.witnessed:
            return self._sent(moment, rows), ("unseen",)
        if loads:
            what, count = loads
            if count > 1:
                return words["head again"].format(self._ordinal(count), what.partition(".")[0]), ("sent",)
            return words["head lazy"].format(what), ("sent",)
        reasons = [event.get("reason") for event in events if event["event"] == "sql"]
        if reasons == ["refresh"]:
            label = next((event["objects"][0] for event in events if event["event"] == "refresh"), "")
            then = moment.before.get("objects", {}).get(label) or {}
            if then.get("expired") and moment.step.kind != "exit" and not _REFRESH.search(moment.code):
                key = "head refresh, changed" if any(kind == "now" for kind, _ in said) else "head refresh"
                return words[key].format(moment.name(label)), ("sent",)
        kinds = {kind for kind, _ in said}
        if kinds == {"nothing"}:
            printed = "".join(event["text"] for event in events if event["event"] == "output").strip()
            if printed:
                return words["head prints"].format(_line(printed)), ()
            return words["head checked" if moment.step.kind == "assert" else "head nothing"], ("nothing",)
        return "", ()

    def _refused(self, refused: dict[str, Any], events: list[dict[str, Any]]) -> str:
        """Why a statement failed: the connection was lost, or the database refused it."""
        lost = ("invalidate", refused["connection"])
        if any((event["event"], event.get("connection")) == lost for event in events):
            return self.words["head lost"].format(refused["error"])
        return self.words["head refused"].format(statements.command(refused["sql"]), refused["error"])

    def _lazy(self, events: list[dict[str, Any]]) -> tuple[str, int] | None:
        """What was loaded lazily, and for how many rows in that Session so far; None where more than that was sent."""
        sent = [event for event in events if event["event"] == "sql"]
        reasons = {event.get("reason", "") for event in sent}
        if len(reasons) != 1 or not next(iter(reasons)).startswith("lazy load "):
            return None
        what = next(iter(reasons)).removeprefix("lazy load ")
        known = self._loads.setdefault((what, sent[0].get("session", "")), set())
        whose = repr(sent[0].get("parameters"))
        if whose in known:
            return what, 1  # the same row once more: no query for each row of a list
        known.add(whose)
        return what, len(known)

    def _ordinal(self, count: int) -> str:
        known = self.words["ordinals"].split()
        return known[count - 1] if count <= len(known) else self.words["ordinal"].format(count)

    def _sent(self, moment: Moment, rows: list[Row]) -> str:
        """What was sent and nobody else sees yet."""
        ops = {row["op"] for row in rows}
        if len(rows) == 1 and "object" in rows[0]:
            key = {"+": "head insert", "~": "head update", "-": "head delete"}[rows[0]["op"]]
            return self.words[key].format(moment.name(rows[0]["object"]))
        count = locale.rows(len(rows), self.language)
        key = (
            {"+": "head inserts", "~": "head updates", "-": "head deletes"}[ops.pop()] if len(ops) == 1 else "head sent"
        )
        one = f"{key}, one" if len(rows) == 1 and f"{key}, one" in self.words else key
        return self.words[one].format(count)
