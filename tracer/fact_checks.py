"""How a run proves each kind of fact of `facts.py`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

from tracer import statements
from tracer.recording import ARROW, MODULE, STATES, row_count
from tracer.runs import Run

_FLUSHES = ("flush", "autoflush", "commit", "savepoint", "begin_nested")  # reasons of a statement


def rows_in_words(count: str | int) -> str:
    """So many rows, as a fact says it: `1 row`, `2 rows`."""
    return f"{count} row" if str(count) == "1" else f"{count} rows"


def sent(run: Run) -> list[str]:
    """What was sent: verb and table of each statement, and the ends of transactions."""
    said = []
    for before, event in itertools.pairwise([{}, *run.events]):
        if event["event"] == "sql":
            begun = before.get("event") == "begin" and before["connection"] == event["connection"]
            if begun and event["sql"].upper() == "BEGIN":
                continue  # the program's own listener sends what SQLAlchemy has just said
            text = statements.summary(event["sql"]) if not _savepoint(event) else statements.verb(event["sql"])
            said += [text] * event.get("times", 1)
        elif event["event"] in ("begin", "commit", "rollback"):
            said.append(event["event"].upper())
    return said


def _savepoint(event: dict[str, Any]) -> bool:
    return statements.verb(event["sql"]) in statements.SAVEPOINTS


def matches(claimed: list[tuple[str, ...]], said: list[str]) -> bool:
    """Whether the statements of facts, each with its number or "", are those that were sent."""
    rest = list(said)
    for count, statement in claimed:
        wanted = int(count or 1)
        if rest[:wanted] != [statement] * wanted:
            return False
        rest = rest[wanted:]
        while not count and statement.startswith("INSERT") and rest[:1] == [statement]:
            rest.pop(0)
    return not rest


def _no_sql(run: Run) -> str | None:
    said = sent(run)
    return "sent: " + ", ".join(said) if said else None


def _label(run: Run, name: str) -> str:
    """What the variable holds after the statement: the label of an object or a Session, empty for anything else."""
    names = run.state.get("names", {})
    value = (names.get(run.function) or {}).get(name) or (names.get(MODULE) or {}).get(name)
    return value.removeprefix(ARROW) if isinstance(value, str) else ""


def _object(run: Run, name: str, before: bool = False) -> dict[str, Any] | str:
    """The record of the object that the variable names, or why there is none."""
    if not (label := _label(run, name)):
        return f"no variable {name} holds a mapped object here"
    found = (run.before if before else run.state).get("objects", {}).get(label)
    return found or f"{name} is no mapped object" + (" before" if before else "")


def _session(run: Run, name: str) -> dict[str, Any] | str:
    """The record of the Session that the variable names, or why there is none."""
    return run.state.get("sessions", {}).get(_label(run, name)) or f"no variable {name} holds a Session here"


def _state(run: Run, names: str, wanted: str) -> str | None:
    for name in names.split(", "):
        found = _object(run, name)
        if isinstance(found, str):
            return found
        if wanted in STATES and found["state"] != wanted:
            return f"{name} is {found['state']}"
        if wanted not in STATES and not found.get(wanted):
            return f"{name} is {found['state']}, not {wanted}"
    return None


def _attribute(run: Run, name: str, attribute: str, wanted: str) -> str | None:
    found = _object(run, name)
    if isinstance(found, str):
        return found
    places = {"expired": "expired", "not loaded": "unloaded", "loaded": "values", "modified": "modified"}
    if attribute in found.get(places[wanted], ()):
        return None
    seen = [said for said, place in places.items() if attribute in found.get(place, ())]
    return f"{name}.{attribute} is {' and '.join(seen) or 'unknown'}"


def _literal(run: Run, name: str, attribute: str, wanted: str) -> str | None:
    found = _object(run, name)
    if isinstance(found, str):
        return found
    if attribute not in found.get("values", ()):
        return f"{name}.{attribute} is not loaded"
    seen = found["values"][attribute]
    return None if _same(seen, wanted) else f"{name}.{attribute} is {_in_words(seen)}"


def _same(seen: Any, wanted: str) -> bool:
    """Whether a recorded value is the one that a fact names. In SQLite, True is 1."""
    if wanted.startswith('"') or not isinstance(seen, (int, float)):
        return _in_words(seen) == wanted
    return seen == ({"True": 1, "False": 0}.get(wanted) if wanted in ("True", "False", "None") else float(wanted))


def _in_words(seen: Any) -> str:
    """A recorded value as a fact says it."""
    return f'"{seen}"' if isinstance(seen, str) else str(seen)


def _was(run: Run, name: str, wanted: str) -> str | None:
    found = _object(run, name, before=True)
    if isinstance(found, str):
        return found
    return None if found["state"] == wanted else f"{name} was {found['state']}"


def _value(run: Run, name: str, attribute: str, wanted: str) -> str | None:
    values = []
    for before in (True, False):
        found = _object(run, name, before)
        if isinstance(found, str):
            return found
        if attribute not in found.get("values", ()):
            return f"{name}.{attribute} is not loaded {'before' if before else 'after'}"
        values.append(found["values"][attribute])
    kept = values[0] == values[1]
    return None if kept == (wanted != "changes") else f"{values[0]!r}, then {values[1]!r}"


def _key(run: Run, name: str, wanted: str) -> str | None:
    found = _object(run, name)
    if isinstance(found, str):
        return found
    has = "a" if "key" in found else "no"
    return None if has == wanted else f"{name} has {has} key"


def _attached(run: Run, name: str, no: str | None) -> str | None:
    found = _object(run, name)
    if isinstance(found, str):
        return found
    attached = "session" in found
    return None if attached != bool(no) else f"{name} is {'' if attached else 'not '}attached"


def _transaction(run: Run, name: str, wanted: str) -> str | None:
    found = _session(run, name)
    if isinstance(found, str):
        return found
    has = "a" if found["transaction"] else "no"
    return None if has == wanted else f"{name} has {has} transaction"


def _member(run: Run, name: str, no: str | None, session: str) -> str | None:
    found = _session(run, session)
    if isinstance(found, str):
        return found
    inside = _label(run, name) in [*found["new"], *found["map"]]
    return None if inside != bool(no) else f"{name} is {'' if inside else 'not '}in {session}"


def _sends(run: Run, no: str | None, word: str) -> str | None:
    ends = {event["event"].upper() for event in run.events if event["event"] in ("begin", "commit", "rollback")}
    texts = [event["sql"] for event in run.events if event["event"] == "sql"]
    sends = word in ends or any(re.search(rf"\b{word}\b", text) for text in texts)
    return None if sends != bool(no) else "sent: " + (", ".join(sent(run)) or "nothing")


def _flush(run: Run, wanted: str) -> str | None:
    """A flush sends INSERT, UPDATE and DELETE; what it reads on the way does not count."""
    said = [
        statements.summary(event["sql"])
        for event in run.events
        if event["event"] == "sql"
        and event.get("reason") in _FLUSHES
        and statements.verb(event["sql"]) in statements.WRITES
    ]
    return None if bool(said) == (wanted == "something") else "a flush sent " + (", ".join(said) or "nothing")


def _others(run: Run, count: str, table: str) -> str | None:
    tables = run.state.get("tables", {})
    if tables.get("*"):
        return tables["*"]
    if (rows := tables.get(table)) is None:
        return f"others see no table {table}"
    seen = row_count(rows)
    return None if seen == int(count) else f"others see {rows_in_words(seen)}"


def _rows(run: Run, wanted: str, table: str) -> str | None:
    tables = run.state.get("tables", {})
    if tables.get("*"):
        return tables["*"]
    if (rows := tables.get(table)) is None:
        return f"others see no table {table}"
    values = re.findall(r'"[^"]*"|[^", ]+', wanted)
    told = [row for row in rows if isinstance(row, list)]
    if row_count(rows) != len(values):
        return f"others see {rows_in_words(row_count(rows))}"
    missing = [value for value, row in zip(values, told, strict=False) if not any(_same(cell, value) for cell in row)]
    if not missing:
        return None
    return f"others see {', '.join(' '.join(map(_in_words, row)) for row in told)}"


def _raises(run: Run, error: str) -> str | None:
    seen = [event["type"] for event in run.events if event["event"] == "exception"]
    return None if error in (seen or ["nothing"]) else "raised: " + (", ".join(seen) or "nothing")


def _warns(run: Run, category: str) -> str | None:
    seen = [event["category"] for event in run.events if event["event"] == "warning"]
    return None if category in seen else "warned: " + (", ".join(seen) or "nothing")


def _pool(run: Run, count: str) -> str | None:
    return None if run.in_use == int(count) else f"the pool has {run.in_use} in use"


def _prints(run: Run, wanted: str) -> str | None:
    text = " ".join("".join(event["text"] for event in run.events if event["event"] == "output").split())
    holds = text.startswith(wanted[:-1].rstrip()) if wanted.endswith("…") else text == " ".join(wanted.split())
    return None if holds else f"printed: {text or 'nothing'}"


# Each returns None if its fact holds of the run, otherwise what was seen instead.
CHECKS: dict[str, Callable[..., str | None]] = {
    "no SQL": _no_sql,
    "state": _state,
    "was": _was,
    "value": _value,
    "key": _key,
    "transaction": _transaction,
    "attached": _attached,
    "member": _member,
    "sends": _sends,
    "flush": _flush,
    "attribute": _attribute,
    "literal": _literal,
    "others": _others,
    "rows": _rows,
    "raises": _raises,
    "warns": _warns,
    "pool": _pool,
    "prints": _prints,
}
