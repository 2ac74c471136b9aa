"""The facts that hold at each statement of a recorded story: what a file of facts may say of it, and should."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tracer import facts
from tracer.fact_checks import rows_in_words, sent
from tracer.recording import ARROW, MODULE, STATES, Recording, row_count, rows_of
from tracer.runs import Run, runs

ATTRIBUTES = {"expired": "expired", "values": "loaded", "unloaded": "not loaded", "modified": "modified"}
WORDS = re.compile(r"\b(?:WHERE|ORDER|JOIN|LIMIT|DISTINCT|RETURNING|FOR|LEFT|GROUP|IN|OFFSET|HAVING|CONFLICT)\b")
MOST = 8  # objects, or rows, of which single facts are told
COST = {  # of a fact that is proposed: what says little, or not everywhere, costs more
    "others see": 1.0,
    " is ": 1.1,
    "has ": 1.5,
    "sends": 2.0,
    "prints": 1.5,
    "keeps": 1.5,
    " was ": 2.0,
    "a flush": 2.0,
}
BLOCKS = ("with", "for", "while", "if", "match", "except")


@dataclass(frozen=True)
class CandidateFact:
    """A fact that holds each time that a statement runs: its first line, of what part of it, and the words."""

    line: int
    about: str
    text: str


def candidates(recording: Recording) -> list[CandidateFact]:
    """The facts that hold of the statements of a recording, in their order."""
    blocks = {step.lines[0] for step in recording.steps if step.kind in BLOCKS}
    places: dict[tuple[int, str], list[Run]] = {}
    for run in runs(recording):
        if not run.file and (run.about != "whole" or run.line not in blocks):
            places.setdefault((run.line, run.about), []).append(run)
    found = []
    for (line, about), executions in places.items():
        for text in dict.fromkeys(_facts(executions[0])):
            try:
                parsed = facts.parse(text, line)
            except facts.FactError:  # a value that a fact cannot say
                continue
            if not any(facts.failures(parsed, run) for run in executions):
                found.append(CandidateFact(line, about, text))
    return found


def failing(known: list[CandidateFact], recording: Recording, moved: dict[int, int]) -> list[int]:
    """Which of the facts, by their place in the list, do not hold of another recording.

    `moved`: line of its program → line of the story that stands there.
    """
    now = {old: new for new, old in moved.items()}
    executions: dict[tuple[int, str], list[Run]] = {}
    for run in runs(recording):
        executions.setdefault((run.line, run.about), []).append(run)
    wrong = []
    for number, one in enumerate(known):
        found = executions.get((now.get(one.line, one.line), one.about), [])
        parsed = facts.parse(one.text)
        if not found or any(facts.failures(parsed, run) for run in found):
            wrong.append(number)
    return wrong


def _facts(run: Run) -> Iterator[str]:
    yield _statements(run)
    yield from _objects(run)
    yield from _sessions(run)
    yield from _tables(run)
    raised = dict.fromkeys(event["type"] for event in run.events if event["event"] == "exception")
    yield from (f"raises {name}" for name in raised)
    warned = dict.fromkeys(event["category"] for event in run.events if event["event"] == "warning")
    yield from (f"warns {name}" for name in warned)
    if printed := " ".join("".join(event["text"] for event in run.events if event["event"] == "output").split()):
        yield f"prints {printed}"
    words = {word for event in run.events if event["event"] == "sql" for word in WORDS.findall(event["sql"])}
    yield from (f"sends {word}" for word in sorted(words))
    if any(event["event"] == "sql" for event in run.events):
        yield from ("a flush sent something", "a flush sent nothing")
        yield from (f"sends no {word}" for word in ("WHERE", "ORDER", "LIMIT", "JOIN") if word not in words)


def _statements(run: Run) -> str:
    said = [statement for statement in sent(run) if statement != "BEGIN"]
    if not said:
        return "no SQL" if not sent(run) else "BEGIN"
    counted = [(statement, len(list(same))) for statement, same in groupby(said)]
    return "; ".join(
        statement if number == 1 or statement.startswith("INSERT") else f"{number} × {statement}"
        for statement, number in counted
    )


def _objects(run: Run) -> Iterator[str]:
    objects = run.state.get("objects", {})
    for name, label in list(_variables(run).items())[:MOST]:
        if not (found := objects.get(label)):
            continue
        yield f"{name} is {found['state']}"
        for state in (*STATES, "expired", "modified"):
            yield f"{name} {'is' if state in ('expired', 'modified') else 'was'} {state}"
        for place, words in ATTRIBUTES.items():
            for attribute in found.get(place, ()):
                yield f"{name}.{attribute} is {words}"
                yield f"{name}.{attribute} changes"
        for attribute, value in found.get("values", {}).items():
            if isinstance(value, str) and not value.startswith((ARROW, "<")):
                yield f'{name}.{attribute} is "{value}"'
            elif value is None or isinstance(value, (int, float)):
                yield f"{name}.{attribute} is {value}"
        yield from (f"{name} has {has} key" for has in ("a", "no"))
        yield from (f"{name} is {attached}" for attached in ("attached", "not attached"))


def _sessions(run: Run) -> Iterator[str]:
    variables, sessions = _variables(run), run.state.get("sessions", {})
    for name, label in variables.items():
        if label not in sessions:
            continue
        yield from (f"{name} has {has} transaction" for has in ("a", "no"))
        for other, thing in list(variables.items())[:MOST]:
            if thing in run.state.get("objects", {}):
                yield from (f"{other} is {inside} {name}" for inside in ("in", "not in"))


def _tables(run: Run) -> Iterator[str]:
    for table, seen in run.state.get("tables", {}).items():
        if table == "*" or seen is None:
            continue
        yield f"others see {rows_in_words(row_count(seen))} in {table}"
        rows = rows_of(seen)
        for column in range(min((len(row) for row in rows), default=0) if len(rows) <= MOST else 0):
            values = [row[column] for row in rows]
            if not any(values):
                continue
            said = [f'"{value}"' if isinstance(value, str) else str(value) for value in values]
            yield f"others see {', '.join(said)} in {table}"


def _variables(run: Run) -> dict[str, str]:
    """The variables that hold an object or a Session: name → label."""
    names = run.state.get("names", {})
    held = {**(names.get(MODULE) or {}), **(names.get(run.function) or {})}
    return {name: value.removeprefix(ARROW) for name, value in held.items() if isinstance(value, str)}


def proposal(source: str, known: list[CandidateFact], wrong: list[tuple[str, set[int]]]) -> Iterator[str]:
    """A few of the known facts that together notice changes of a story, as the text of a file of facts.

    `source`: the story's; `wrong`: each change, and which facts, by their place in the list, do not hold with it.
    """
    waiting = wrong
    chosen: list[tuple[CandidateFact, list[str]]] = []
    while counts := Counter(place for _, places in waiting for place in places):
        best = max(counts, key=lambda place: (counts[place] / _cost(known[place]), place))
        chosen.append((known[best], [change for change, places in waiting if best in places]))
        waiting = [(change, places) for change, places in waiting if best not in places]
    lines = source.splitlines()
    for one, changes in sorted(chosen, key=lambda part: (part[0].line, part[0].about)):
        code = lines[one.line - 1].strip()
        nth = [line.strip() for line in lines[: one.line]].count(code)
        yield f"# notices {len(changes)}: {'; '.join(changes)}"
        yield "[[facts]]"
        yield f"line = {_quoted(code)}"
        yield from [f"nth = {nth}"] if nth > 1 else []
        yield from [f"about = {_quoted(one.about)}"] if one.about != "whole" else []
        yield f"says = {_quoted(one.text)}"
        yield ""


def _cost(one: CandidateFact) -> float:
    if one.text.startswith("others see") and '"' not in one.text:
        return 1.3
    return next((cost for part, cost in COST.items() if part in f" {one.text} "), 1.0)


def _quoted(text: str) -> str:
    """As TOML has it, in the quotes that need no escape."""
    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)
