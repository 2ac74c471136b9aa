"""The facts that can be said of a statement, and how a recording proves them.

    no SQL                      nothing was sent: no statement, no BEGIN, COMMIT or ROLLBACK
    INSERT author; COMMIT       the statements sent, in order, by verb and table: all of them, but for BEGIN, which may
    3 × SELECT book             be left out. An INSERT without a number stands for one or more into the same table,
                                because it depends on the database how many statements carry several rows.
    NAME is STATE               transient | pending | persistent | deleted | detached; also: expired | modified
    NAME, NAME are STATE
    NAME was STATE              the same before the statement
    NAME.ATTRIBUTE is WHAT      expired | loaded | not loaded | modified
    NAME.ATTRIBUTE keeps its value, NAME.ATTRIBUTE changes       compared with what was loaded before the statement
    NAME has a key, NAME has no key                              whether the object has an identity key
    NAME has a transaction, NAME has no transaction              of a Session
    NAME is in SESSION, NAME is not in SESSION                   what `NAME in SESSION` says
    NAME is attached, NAME is not attached                       whether it belongs to any Session
    sends WORD, sends no WORD   whether what was sent holds this keyword: SELECT, JOIN, BEGIN, COMMIT
    a flush sent something, a flush sent nothing                 "nothing": also where there was no flush
    others see N rows in TABLE  what another connection sees; "1 row in TABLE"
    raises ERROR                a statement raised this exception; "raises nothing"
    warns CATEGORY              a warning was given
    pool has N in use           connections taken from the pool
    prints TEXT                 all that was printed, on one line; stands last, for TEXT may hold a semicolon, and may
                                end with … if more follows

To add a fact, add its pattern to `_PATTERNS` and its check to `_CHECKS`. Where facts stand in a program says
`comments.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracer import statements
from tracer.recording import ARROW, MODULE, STATES, row_count
from tracer.runs import Run

SIGN = "#>"
_NAMES = r"[A-Za-z_]\w*"
_FLUSHES = ("flush", "autoflush", "commit", "savepoint", "begin_nested")  # reasons of a statement
_STATEMENT = re.compile(rf"(?:(\d+) × )?([A-Z]+(?: [A-Z]+)*)(?: ({_NAMES}))?")
_PATTERNS = {
    "no SQL": re.compile(r"no SQL"),
    "was": re.compile(rf"({_NAMES}) was ({'|'.join(STATES)})"),
    "value": re.compile(rf"({_NAMES})\.({_NAMES}) (keeps its value|changes)"),
    "key": re.compile(rf"({_NAMES}) has (a|no) key"),
    "transaction": re.compile(rf"({_NAMES}) has (a|no) transaction"),
    "attached": re.compile(rf"({_NAMES}) is (not )?attached"),
    "member": re.compile(rf"({_NAMES}) is (not )?in ({_NAMES})"),
    "sends": re.compile(r"sends (no )?([A-Z]+)"),
    "flush": re.compile(r"a flush sent (something|nothing)"),
    "attribute": re.compile(rf"({_NAMES})\.({_NAMES}) is (expired|loaded|not loaded|modified)"),
    "state": re.compile(rf"({_NAMES}(?:, {_NAMES})*) (?:is|are) ({'|'.join(STATES)}|expired|modified)"),
    "others": re.compile(rf"others see (1(?= row )|(?!1 )\d+(?= rows )) rows? in ({_NAMES})"),
    "raises": re.compile(r"raises (\w+)"),
    "warns": re.compile(r"warns (\w+)"),
    "pool": re.compile(r"pool has (\d+) in use"),
    "prints": re.compile(r"prints (.+)"),
}


GRAMMAR = (
    "no SQL, INSERT author, 2 × SELECT book, author is pending, author.name is loaded, others see 1 row in author, "
    "pool has 1 in use, raises …, warns …, prints …"
)
_OTHERS_SEE = re.compile(rf"others see (\d+) (?:rows? in )?({_NAMES})")  # near to the fact, but not worded so


class FactError(Exception):
    """A `#>` line that is malformed or stands where no statement is: "line 7: why"."""


@dataclass(frozen=True)
class Fact:
    """One fact: its text, its line (from 1), what it is (a key of the grammar), and the parts of it."""

    line: int
    text: str
    kind: str
    parts: tuple[str, ...]


def parse(text: str, line: int = 0) -> list[Fact]:
    """The facts of one `#>` line, given without the sign. Raises FactError."""
    facts = []
    while text := text.strip():
        if text.startswith("prints "):
            said, text = text, ""
        else:
            said, _, text = text.partition(";")
            said = said.strip()
        facts.append(_fact(said, line))
    if not facts:
        raise FactError(f"line {line}: {SIGN} says nothing; remove it or write a fact after it")
    return facts


def _fact(said: str, line: int) -> Fact:
    for kind, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(said):
            return Fact(line, said, kind, match.groups())
    if match := _STATEMENT.fullmatch(said):
        count, verb, table = match.groups()
        return Fact(line, said, "statement", (count or "", f"{verb} {table or ''}".strip()))
    if match := _OTHERS_SEE.fullmatch(said):
        raise FactError(f'line {line}: "{said}" is not a fact: write "others see {_rows(match[1])} in {match[2]}"')
    raise FactError(f'line {line}: "{said}" is not a fact: say one of {GRAMMAR}')


def _rows(count: str | int) -> str:
    return f"{count} row" if str(count) == "1" else f"{count} rows"


def failures(facts: list[Fact], run: Run) -> list[str]:
    """Which of the facts do not hold of one execution: `"author is pending" does not hold: author is transient`."""
    return [problem.partition(": ")[2] for problem in unproven(facts, run)]


def unproven(facts: list[Fact], run: Run) -> Iterator[str]:
    """Those of the facts that do not hold of a run, a line each: `7: "… 1 row in author" does not hold: …`."""
    claimed = [fact for fact in facts if fact.kind == "statement"]
    if claimed:
        names_begin = any(fact.parts[1] == "BEGIN" for fact in claimed)
        sent = [statement for statement in _sent(run) if names_begin or statement != "BEGIN"]
        if not _matches([fact.parts for fact in claimed], sent):
            yield _problem(claimed, "sent: " + (", ".join(sent) or "nothing"))
    for fact in facts:
        if fact.kind != "statement" and (seen := _CHECKS[fact.kind](run, *fact.parts)) is not None:
            yield _problem([fact], seen)


def _problem(facts: list[Fact], seen: str) -> str:
    said = "; ".join(fact.text for fact in facts)
    return f'{facts[0].line}: "{said}" does not hold: {seen}'


def _sent(run: Run) -> list[str]:
    """What was sent: verb and table of each statement, and the ends of transactions."""
    sent = []
    for event in run.events:
        if event["event"] == "sql":
            sent.append(statements.summary(event["sql"]) if not _savepoint(event) else statements.verb(event["sql"]))
        elif event["event"] in ("begin", "commit", "rollback"):
            sent.append(event["event"].upper())
    return sent


def _savepoint(event: dict[str, Any]) -> bool:
    return statements.verb(event["sql"]) in statements.SAVEPOINTS


def _matches(claimed: list[tuple[str, ...]], sent: list[str]) -> bool:
    rest = list(sent)
    for count, statement in claimed:
        wanted = int(count or 1)
        if rest[:wanted] != [statement] * wanted:
            return False
        rest = rest[wanted:]
        while not count and statement.startswith("INSERT") and rest[:1] == [statement]:
            rest.pop(0)
    return not rest


# Each check returns None if its fact holds, otherwise what was seen instead.


def _no_sql(run: Run) -> str | None:
    sent = _sent(run)
    return "sent: " + ", ".join(sent) if sent else None


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
    return None if sends != bool(no) else "sent: " + (", ".join(_sent(run)) or "nothing")


def _flush(run: Run, wanted: str) -> str | None:
    """A flush sends INSERT, UPDATE and DELETE; what it reads on the way does not count."""
    sent = [
        statements.summary(event["sql"])
        for event in run.events
        if event["event"] == "sql"
        and event.get("reason") in _FLUSHES
        and statements.verb(event["sql"]) in statements.WRITES
    ]
    return None if bool(sent) == (wanted == "something") else "a flush sent " + (", ".join(sent) or "nothing")


def _others(run: Run, count: str, table: str) -> str | None:
    tables = run.state.get("tables", {})
    if tables.get("*"):
        return tables["*"]
    if (rows := tables.get(table)) is None:
        return f"others see no table {table}"
    seen = row_count(rows)
    return None if seen == int(count) else f"others see {_rows(seen)}"


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


_CHECKS = {
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
    "others": _others,
    "raises": _raises,
    "warns": _warns,
    "pool": _pool,
    "prints": _prints,
}
