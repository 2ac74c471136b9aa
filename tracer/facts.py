"""Checked comments: a line that starts with `#>` says what the statement above it did, and a recording proves it.

    session.flush()
    #> INSERT author; author is persistent; others see 0 author

The line stands directly under its statement, at the same indentation; several lines may follow each other. Under the
header of a block, indented like its body, it speaks of the header; after a block, indented like the header, of the
whole block, for `with` of leaving it. A statement that runs several times must keep its facts each time. What other
threads and tasks do meanwhile does not count.

    no SQL                      nothing was sent: no statement, no BEGIN, COMMIT or ROLLBACK
    INSERT author; COMMIT       the statements sent, in order, by verb and table: all of them, but for BEGIN, which may
    3 × SELECT book             be left out. An INSERT without a number stands for one or more into the same table,
                                because it depends on the database how many statements carry several rows.
    NAME is STATE               transient | pending | persistent | deleted | detached; also: expired | modified
    NAME, NAME are STATE
    NAME.ATTRIBUTE is WHAT      expired | loaded | not loaded | modified
    others see N rows in TABLE  what another connection sees; "1 row in TABLE"
    raises ERROR                a statement raised this exception
    warns CATEGORY              a warning was given
    pool has N in use           connections taken from the pool
    prints TEXT                 all that was printed, on one line; stands last, for TEXT may hold a semicolon, and may
                                end with … if more follows
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracer import statements
from tracer.recording import ARROW, MODULE, STATES, Recording, State, Step

SIGN = "#>"
_NAMES = r"[A-Za-z_]\w*"
_STATEMENT = re.compile(rf"(?:(\d+) × )?([A-Z]+(?: [A-Z]+)*)(?: ({_NAMES}))?")
_PATTERNS = {
    "no SQL": re.compile(r"no SQL"),
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


@dataclass
class Claim:
    """The facts about one statement: its kind, its first line, and whether they speak of its header, whole or exit."""

    line: int
    about: str
    facts: list[Fact]


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


def find(source: str, wrong: list[str] | None = None) -> list[Claim]:
    """The checked comments of a program. Raises SyntaxError for a program that does not parse.

    What would be a FactError is added to `wrong`, where that is given, and raised where it is not.
    """
    if SIGN not in source:
        return []
    tree = ast.parse(source)
    places, shared = dict(_places(tree)), _shared_lines(tree)
    signed = dict(_signed(source))
    claims: list[Claim] = []
    for number, (column, text, alone) in signed.items():
        try:
            if not alone:
                raise FactError(f"line {number}: {SIGN} must stand on a line of its own, under its statement")
            facts = parse(text, number)
            above = number - 1
            while above in signed:
                above -= 1
            # In bytes, as ast counts; an indentation has no other characters.
            place = places.get((above, column))
            if place is None:
                raise FactError(f"line {number}: {SIGN} must stand directly under a statement, at its indentation")
            if place[0] in shared:
                raise FactError(f"line {number}: line {place[0]} has several statements; give each a line of its own")
        except FactError as error:
            if wrong is None:
                raise
            wrong.append(str(error))
            continue
        if claims and (claims[-1].line, claims[-1].about) == place:
            claims[-1].facts += facts
        else:
            claims.append(Claim(*place, facts))
    return claims


def _signed(source: str) -> Iterator[tuple[int, tuple[int, str, bool]]]:
    """The checked comments: line → column, text without the sign, whether nothing is before it. Strings are none."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.string.startswith(SIGN):
            number, column = token.start
            yield number, (column, token.string[len(SIGN) :], not token.line[:column].strip())


def _shared_lines(tree: ast.AST) -> set[int]:
    """The lines on which several statements begin: `a(); b()`, but also `if a: b()`."""
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, (ast.stmt, ast.ExceptHandler))]
    return {line for line, count in Counter(lines).items() if count > 1}


def _places(tree: ast.AST) -> Iterator[tuple[tuple[int, int], tuple[int, str]]]:
    """Where a comment may stand (last line above it, column) → the statement's first line and what is meant of it."""
    functions_and_classes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.stmt, ast.ExceptHandler)) or isinstance(node, functions_and_classes):
            continue
        if isinstance(node, (ast.Try, ast.TryStar)):
            continue  # not a step: its parts are
        if body := getattr(node, "body", None):
            for line in range(node.lineno, body[0].lineno):
                yield (line, body[0].col_offset), (node.lineno, "header")
        if isinstance(node, ast.stmt):
            about = "exit" if isinstance(node, (ast.With, ast.AsyncWith)) else "whole"
            yield (node.end_lineno or node.lineno, node.col_offset), (node.lineno, about)


def check(source: str, recording: Recording) -> list[str]:
    """What does not hold or is no fact, a line each: `7: "… 1 row in author" does not hold: others see 0 rows`."""
    wrong: list[str] = []
    claims = find(source, wrong)
    problems = [said.removeprefix("line ") for said in wrong]
    runs = list(_runs(recording))
    for claim in claims:
        about = [run for run in runs if run.line == claim.line and claim.about in (run.about, "whole")]
        about = [run for run in about if run.about == claim.about] or about
        if not about:
            said = "; ".join(fact.text for fact in claim.facts)
            reason = "recording had stopped" if recording.truncated else "the statement above it never ran"
            problems.append(f'{claim.facts[0].line}: "{said}" was not checked: {reason}')
        for run in about:
            problems += _unproven(claim.facts, run)
    return list(dict.fromkeys(problems))


@dataclass
class _Run:
    """One execution of a statement, or its header or exit: its events and the state after it."""

    line: int
    about: str
    function: str
    events: list[dict[str, Any]]
    state: State
    in_use: int


def _runs(recording: Recording) -> Iterator[_Run]:
    """Every execution of every statement, in the order in which they begin."""
    steps, states, in_use = recording.steps, [], []
    for state in recording.states():
        states.append({kind: dict(values) for kind, values in state.items()})
        if recording.no_witness:
            states[-1]["tables"] = {"*": f"there is no other connection: {recording.no_witness}"}
        in_use.append(sum(1 for value in state.get("connections", {}).values() if value not in ("pooled", None)))
    for start, first in enumerate(steps):
        if first.kind in ("exit", "resume"):
            continue
        inside = [start]
        for index in range(start + 1, len(steps)):
            step = steps[index]
            if step.task != first.task:
                continue
            ends_here = step.depth == first.depth and step.lines == first.lines and step.kind in ("exit", "resume")
            if step.depth < first.depth or (step.depth == first.depth and not ends_here):
                break
            inside.append(index)
        parts = {"whole": inside}
        if first.kind in ("with", "for", "while", "if", "match", "except"):
            parts["header"] = inside[:1]
        if first.kind == "with":
            # After the last statement of the body: what leaving the block did, functions it called included.
            body_ended = max((i for i in inside if _is_body(steps[i], first)), default=start)
            parts["exit"] = [index for index in inside if index > body_ended]
        for about, indexes in parts.items():
            last = indexes[-1] if indexes else inside[-1]
            events = [event for index in indexes for event in steps[index].events]
            yield _Run(first.lines[0], about, first.function, events, states[last], in_use[last])


def _is_body(step: Step, around: Step) -> bool:
    return step.depth > around.depth and step.function == around.function and step.lines[0] > around.lines[0]


def _unproven(facts: list[Fact], run: _Run) -> Iterator[str]:
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


def _sent(run: _Run) -> list[str]:
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


def _no_sql(run: _Run) -> str | None:
    sent = _sent(run)
    return "sent: " + ", ".join(sent) if sent else None


def _object(run: _Run, name: str) -> dict[str, Any] | str:
    """The record of the object that the variable names, or why there is none."""
    names = run.state.get("names", {})
    value = (names.get(run.function) or {}).get(name) or (names.get(MODULE) or {}).get(name)
    if not isinstance(value, str):
        return f"no variable {name} holds a mapped object here"
    found = run.state.get("objects", {}).get(value.removeprefix(ARROW))
    return found or f"{name} is no mapped object"


def _state(run: _Run, names: str, wanted: str) -> str | None:
    for name in names.split(", "):
        found = _object(run, name)
        if isinstance(found, str):
            return found
        if wanted in STATES and found["state"] != wanted:
            return f"{name} is {found['state']}"
        if wanted not in STATES and not found.get(wanted):
            return f"{name} is {found['state']}, not {wanted}"
    return None


def _attribute(run: _Run, name: str, attribute: str, wanted: str) -> str | None:
    found = _object(run, name)
    if isinstance(found, str):
        return found
    places = {"expired": "expired", "not loaded": "unloaded", "loaded": "values", "modified": "modified"}
    if attribute in found.get(places[wanted], ()):
        return None
    seen = [said for said, place in places.items() if attribute in found.get(place, ())]
    return f"{name}.{attribute} is {' and '.join(seen) or 'unknown'}"


def _others(run: _Run, count: str, table: str) -> str | None:
    tables = run.state.get("tables", {})
    if tables.get("*"):
        return tables["*"]
    if (rows := tables.get(table)) is None:
        return f"others see no table {table}"
    if rows and rows[-1] == "…":
        return f"others see more than {_rows(len(rows) - 1)}"
    return None if len(rows) == int(count) else f"others see {_rows(len(rows))}"


def _raises(run: _Run, error: str) -> str | None:
    seen = [event["type"] for event in run.events if event["event"] == "exception"]
    return None if error in seen else "raised: " + (", ".join(seen) or "nothing")


def _warns(run: _Run, category: str) -> str | None:
    seen = [event["category"] for event in run.events if event["event"] == "warning"]
    return None if category in seen else "warned: " + (", ".join(seen) or "nothing")


def _pool(run: _Run, count: str) -> str | None:
    return None if run.in_use == int(count) else f"the pool has {run.in_use} in use"


def _prints(run: _Run, wanted: str) -> str | None:
    text = " ".join("".join(event["text"] for event in run.events if event["event"] == "output").split())
    holds = text.startswith(wanted[:-1].rstrip()) if wanted.endswith("…") else text == " ".join(wanted.split())
    return None if holds else f"printed: {text or 'nothing'}"


_CHECKS = {
    "no SQL": _no_sql,
    "state": _state,
    "attribute": _attribute,
    "others": _others,
    "raises": _raises,
    "warns": _warns,
    "pool": _pool,
    "prints": _prints,
}
