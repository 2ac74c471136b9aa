"""What a step did, in one sentence.

Code in a sentence stands between backticks, as in Markdown; whoever draws the sentence decides what becomes of them.
A sentence says only what the recording holds. A pattern that is missing makes it shorter, never wrong.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tracer import locale, sql_clauses, unsent
from tracer.moment import Moment
from tracer.recording import State, row_count
from tracer.values import python

_SPACES = re.compile(" {2,}")
# Full-width punctuation stands without spaces, and so do two Chinese characters.
_NO_SPACE = re.compile(" ?([，。；：、]) ?|(?<=[一-鿿]) (?=[一-鿿])")


Clause = tuple[str, str]  # of which kind it is, and its text: a kind is what a headline may say in its place


def sentence(moment: Moment, language: str) -> str:
    """One sentence on what a step did."""
    return joined([text for _, text in clauses(moment, language)], language)


def clauses(moment: Moment, language: str) -> list[Clause]:
    """The parts of the sentence: nothing, calls, sent, unsent, unseen, pool, warns, fails, waits, seen, new, is, …."""
    words = locale.words(language)
    said = [*_sent(moment, words, language), *_effects(moment, words, language)]
    if {kind for kind, _ in said} <= {"nothing", "unsent"}:
        said += _sessions(moment, words)
    if moment.step.kind == "except" and said[0][0] == "nothing":
        said[0] = "caught", words["caught"]
    return said


def joined(parts: list[str], language: str) -> str:
    """Clauses as a sentence."""
    words = locale.words(language)
    text = _SPACES.sub(" ", words["and then"].join(parts)).strip() + words["stop"]
    if language == "zh":
        text = _NO_SPACE.sub(lambda match: match[1] or "", text).replace("态状态", "态")
    return text if text[0] == "`" else text[0].upper() + text[1:]


def _sent(moment: Moment, words: dict[str, str], language: str) -> list[Clause]:
    """Who sent what, one clause for each who; "nothing is sent" if nobody did."""
    groups = sql_clauses.groups(moment, language)
    writes = sql_clauses.open_writes(moment, groups)
    several = len({connection for group in groups if group.who != "unsent" for connection in group.connections}) > 1
    said: list[Clause] = []
    for group in groups:
        kind = group.who if group.who in ("unsent", "begins") else "sent"
        said.append((kind, group.text(words, several)))
    raised = next((event["type"] for event in reversed(moment.events) if event["event"] == "exception"), "")
    tables, after = moment.before.get("tables", {}), moment.after.get("tables", {})
    if writes and moment.witnessed and tables == after:
        last = max(writes.values())
        connections = moment.after.get("connections", {})
        if all(connections.get(connection) == "open" for connection in writes) and not raised:
            said[last] = "sent", said[last][1] + words["stays open"]
        said.insert(last + 1, ("unseen", words["unreadable yet" if after.get("*") else "unseen"]))
    if all(kind == "unsent" for kind, _ in said):
        said += [("pool", text) for text in _pooled(moment, words)]
        if moment.calls:
            said.insert(0, ("calls", words["calls"].format(moment.calls)))
        elif groups or not any(event["event"] == "begin" for event in moment.events):
            said.insert(0, ("nothing", words["nothing"]))
    for event in moment.events:
        if event["event"] == "warning":
            said.append(("warns", words["warns"].format(event["category"])))
    if raised:
        said.append(("fails", words["fails"].format(raised)))
    said += [("waits", text) for text in _waiting(moment, words)]
    return said


def _waiting(moment: Moment, words: dict[str, str]) -> Iterator[str]:
    """Sessions that wait for rollback() from this step on, although the database has rolled back; and no more."""
    undone = any(
        event["event"] == "rollback" or event.get("sql", "").startswith("ROLLBACK TO") for event in moment.events
    )
    for label, session in moment.after.get("sessions", {}).items():
        was = moment.before.get("sessions", {}).get(label) or {}
        if session and _inactive(session) != _inactive(was):
            key = "waits no more" if _inactive(was) else "waits, undone" if undone else "session inactive"
            yield words[key].format(f"`{moment.name(label)}`")


def _inactive(session: dict[str, Any]) -> bool:
    return "inactive" in (session.get("transaction") or "")


def _pooled(moment: Moment, words: dict[str, str]) -> Iterable[str]:
    """What became of connections, for a step that sent nothing else."""
    events = moment.events
    begun = {event["connection"] for event in events if event["event"] == "begin"}
    thrown = {event["connection"] for event in events if event["event"] == "invalidate"}
    for index, event in enumerate(events):
        kind, connection = event["event"], event.get("connection", "")
        if kind == "begin":
            is_unsent = unsent.is_unsent(events, index, moment.after)
            yield words["begins unsent" if is_unsent else "begins"].format(connection)
        elif kind == "checkout" and connection not in begun:
            yield words["taken"].format(connection)
        elif kind == "checkin" and connection not in thrown:
            yield words["given back"].format(connection)
        elif kind == "invalidate":
            yield words["thrown away"].format(connection)


def _effects(moment: Moment, words: dict[str, str], language: str) -> Iterator[Clause]:
    """What became of tables, objects and Sessions."""
    before, after = moment.before, moment.after
    chinese = language == "zh"
    said = functools.partial(_of_things, moment, words)
    seen = []
    for table, rows in after.get("tables", {}).items():
        then = before.get("tables", {}).get(table)
        if table != "*" and isinstance(rows, list) and isinstance(then, list) and rows != then:
            if row_count(rows) != row_count(then):
                seen.append(words["in table"].format(rows=locale.rows(row_count(rows), language), table=table))
            else:
                changed = sum(row not in then for row in rows)
                seen.append(words["rows of table"].format(rows=locale.rows(changed, language), table=table))
    if seen:
        yield (
            "seen",
            words["others now see"].format(words["comma"].join(seen) if chinese else sql_clauses.listed(seen, words)),
        )

    new_sessions = [label for label, now in after.get("sessions", {}).items() if now and not _was(before, label)]
    if new_sessions:
        yield "new", said(" new", new_sessions)

    groups: dict[str, list[str]] = {}
    loads = (event["objects"] for event in moment.events if event.get("change") == "loaded_as_persistent")
    loaded = {label for labels in loads for label in labels}
    for label, now in after.get("objects", {}).items():
        then = before.get("objects", {}).get(label)
        if now is then or now == then:
            continue
        if now is None:
            groups.setdefault("gone", []).append(label)
            continue
        if then is None and label in loaded:
            groups.setdefault("loaded", []).append(label)
        elif then is None or now["state"] != then["state"]:
            groups.setdefault(now["state"], []).append(label)
        if _all_expired(now) and not (then and _all_expired(then)):
            groups.setdefault("expired", []).append(label)
    gone, expired = groups.pop("gone", []), groups.pop("expired", [])
    assigned = list(_assigned(before, after, quiet=not any(event["event"] == "sql" for event in moment.events)))
    for label, key, value in assigned[:2]:
        name, text = f"`{moment.name(label)}.{key}`", f"`{python(value, moment.name)}`"
        yield "now", words["is now"].format(name=name, value=text)
    for label, key in _expired_alone(moment):
        yield "expired", words["is expired"].format(names=f"`{moment.name(label)}.{key}`" + (" " if chinese else ""))
    doomed = [label for label in _doomed(after) if label not in _doomed(before)]
    if doomed:
        yield "doomed", said(" to delete", doomed)
    for what, labels in groups.items():
        if what == "loaded":
            yield "loaded", said(" loaded", labels)
        else:
            known = before.get("objects", {}).get(labels[0])
            text = said("", labels, what=words["becomes" if known else "is already"].format(words[what]))
            yield "is", words["expired too"].format(text) if labels == expired else text
    if expired and expired not in groups.values():
        yield "expired", said(" expired", expired)
    if any(event["event"] == "exception" for event in moment.events):
        put_out = [label for label in gone if before["objects"][label].get("session")]
        if put_out:
            yield "lost", said(" lost", put_out)
    elif gone and not (groups or expired or assigned or seen or new_sessions or moment.events):
        yield "gone", said(" gone", gone)


def _of_things(moment: Moment, words: dict[str, str], pattern: str, labels: list[str], **more: str) -> str:
    """What is said of one thing, or of several: the pattern `is…` or `are…`."""
    if len(labels) > 3:
        names = words["many"].format(len(labels))
    else:
        names = sql_clauses.listed([f"`{moment.name(label)}`" for label in labels], words)
    plain = words[f"{'is' if len(labels) == 1 else 'are'}{pattern}"]
    chinese = words["tag"].startswith("zh")
    return plain.format(names=f" {names} ".replace("  ", " ") if chinese else names, **more)


def _sessions(moment: Moment, words: dict[str, str]) -> Iterator[Clause]:
    """What became of Sessions, for a step of which there is nothing else to say."""
    for label, now in moment.after.get("sessions", {}).items():
        then = moment.before.get("sessions", {}).get(label)
        if not now or not then or now == then:
            continue
        if key := _transaction_change(str(then["transaction"] or ""), str(now["transaction"] or "")):
            key = "empty" if key == "ends" and not any(now.values()) else key
            yield "session", words[f"session {key}"].format(f"`{moment.name(label)}`")
        for shelf, marked, unmarked in (("dirty", " dirty", " clean"), ("deleted", " to delete", " kept")):
            for pattern, new, old in ((marked, now, then), (unmarked, then, now)):
                labels = [
                    one for one in new[shelf] if one not in old[shelf] and moment.after.get("objects", {}).get(one)
                ]
                if labels:
                    yield "session", _of_things(moment, words, pattern, labels)


def _transaction_change(then: str, now: str) -> str:
    """What became of a Session's transaction: begins | nested | left | ends; empty if nothing did.

    That it waits for rollback(), or no more, is said with what was sent.
    """
    if then == now or "inactive" in now:
        return ""
    if not now:
        return "ends"
    if "nested" in now:
        return "nested"
    return "left" if "nested" in then else "begins"


def _assigned(before: State, after: State, quiet: bool) -> Iterator[tuple[str, str, Any]]:
    """Attributes of known objects that have another value, where no statement can have brought it.

    `quiet`: none was sent. Otherwise it is certain of those only that were expired and that the next flush will save.
    """
    for label, now in after.get("objects", {}).items():
        then = before.get("objects", {}).get(label)
        if now and then and now["state"] == then["state"]:
            for key, value in now["values"].items():
                known = key in then["values"]
                if key in now.get("modified", {}) and (quiet or not known) and then["values"].get(key, then) != value:
                    yield label, key, value


def _expired_alone(moment: Moment) -> Iterator[tuple[str, str]]:
    """Attributes that expire while others of their object stay loaded. An expired relationship is one not loaded."""
    for event in moment.events:
        for label in event["objects"] if event["event"] == "expire" else ():
            now, then = (state.get("objects", {}).get(label) for state in (moment.after, moment.before))
            if now and not _all_expired(now):
                left = {key for key in now.get("unloaded", ()) if then and key in then["values"]}
                gone = {*now.get("expired", ()), *left}
                yield from ((label, key) for key in event.get("attributes", ()) if key in gone)


def _doomed(state: State) -> list[str]:
    """The objects that the next flush deletes."""
    return [label for session in state.get("sessions", {}).values() if session for label in session["deleted"]]


def _was(before: State, label: str) -> bool:
    return before.get("sessions", {}).get(label) is not None


def _all_expired(thing: dict[str, Any]) -> bool:
    return bool(thing.get("expired")) and not thing["values"]
