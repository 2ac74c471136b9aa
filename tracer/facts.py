"""The facts that can be said of a statement, and how a recording proves them.

    no SQL                      nothing was sent: no statement, no BEGIN, COMMIT or ROLLBACK
    INSERT author; COMMIT       the statements sent, in order, by verb and table: all of them, but for BEGIN, which may
    3 × SELECT book             be left out. An INSERT without a number stands for one or more into the same table,
                                because it depends on the database how many statements carry several rows.
    NAME is STATE               transient | pending | persistent | deleted | detached; also: expired | modified
    NAME, NAME are STATE
    NAME was STATE              the same before the statement
    NAME.ATTRIBUTE is WHAT      expired | loaded | not loaded | modified
    NAME.ATTRIBUTE is VALUE     what is loaded: a "text", a number, True, False or None
    NAME.ATTRIBUTE keeps its value, NAME.ATTRIBUTE changes       compared with what was loaded before the statement
    NAME has a key, NAME has no key                              whether the object has an identity key
    NAME has a transaction, NAME has no transaction              of a Session
    NAME is in SESSION, NAME is not in SESSION                   what `NAME in SESSION` says
    NAME is attached, NAME is not attached                       whether it belongs to any Session
    sends WORD, sends no WORD   whether what was sent holds this keyword: SELECT, JOIN, BEGIN, COMMIT
    a flush sent something, a flush sent nothing                 "nothing": also where there was no flush
    others see N rows in TABLE  what another connection sees; "1 row in TABLE"
    others see VALUE, VALUE in TABLE
                                as many rows as values; each row, in the order of its columns, holds its value
    raises ERROR                a statement raised this exception; "raises nothing"
    warns CATEGORY              a warning was given
    pool has N in use           connections taken from the pool
    prints TEXT                 all that was printed, on one line; stands last, for TEXT may hold a semicolon, and may
                                end with … if more follows

To add a fact, add its pattern to `_PATTERNS` and its check to `fact_checks.py`. Where facts stand in a program
says `comments.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracer.fact_checks import CHECKS, matches, rows_in_words, sent
from tracer.recording import STATES
from tracer.runs import Run

SIGN = "#>"
_NAMES = r"[A-Za-z_]\w*"
_STATEMENT = re.compile(rf"(?:(\d+) × )?([A-Z]+(?: [A-Z]+)*)(?: ({_NAMES}))?")
_VALUE = r'(?:"[^"]*"|-?\d+(?:\.\d+)?|True|False|None)'
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
    "literal": re.compile(rf"({_NAMES})\.({_NAMES}) is ({_VALUE})"),
    "state": re.compile(rf"({_NAMES}(?:, {_NAMES})*) (?:is|are) ({'|'.join(STATES)}|expired|modified)"),
    "others": re.compile(rf"others see (1(?= row )|(?!1 )\d+(?= rows )) rows? in ({_NAMES})"),
    "rows": re.compile(rf"others see ({_VALUE}(?:, {_VALUE})*) in ({_NAMES})"),
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
            said, text = _first(text)
        facts.append(_fact(said, line))
    if not facts:
        raise FactError(f"line {line}: {SIGN} says nothing; remove it or write a fact after it")
    return facts


def _first(text: str) -> tuple[str, str]:
    """The first fact of a line, and the rest of it. A quoted value may hold a semicolon."""
    match = re.match(r'((?:[^";]|"[^"]*")*)(?:;|$)', text)
    first, rest = (match[1], text[match.end() :]) if match else (text, "")
    return first.strip(), rest


def _fact(said: str, line: int) -> Fact:
    for kind, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(said):
            return Fact(line, said, kind, match.groups())
    if match := _STATEMENT.fullmatch(said):
        count, verb, table = match.groups()
        return Fact(line, said, "statement", (count or "", f"{verb} {table or ''}".strip()))
    if match := _OTHERS_SEE.fullmatch(said):
        raise FactError(
            f'line {line}: "{said}" is not a fact: write "others see {rows_in_words(match[1])} in {match[2]}"'
        )
    raise FactError(f'line {line}: "{said}" is not a fact: say one of {GRAMMAR}')


def failures(facts: list[Fact], run: Run) -> list[str]:
    """Which of the facts do not hold of one execution: `"author is pending" does not hold; author is transient`."""
    return [problem.partition(": ")[2] for problem in unproven(facts, run)]


def unproven(facts: list[Fact], run: Run) -> Iterator[str]:
    """Those of the facts that do not hold of a run, a line each: `7: "… 1 row in author" does not hold; …`."""
    claimed = [fact for fact in facts if fact.kind == "statement"]
    if claimed:
        names_begin = any(fact.parts[1] == "BEGIN" for fact in claimed)
        said = [statement for statement in sent(run) if names_begin or statement != "BEGIN"]
        if not matches([fact.parts for fact in claimed], said):
            yield _problem(claimed, "sent: " + (", ".join(said) or "nothing"))
    for fact in facts:
        if fact.kind != "statement" and (seen := CHECKS[fact.kind](run, *fact.parts)) is not None:
            yield _problem([fact], seen)


def _problem(facts: list[Fact], seen: str) -> str:
    said = "; ".join(fact.text for fact in facts)
    return f'{facts[0].line}: "{said}" does not hold; {seen}'
