"""Draw a recording as text: each step's line of code, then what it did.

|  what happened       *  an object       =  a Session, a connection, a variable       @  another connection sees

Between two steps of the main thread and the first task, those of the others are grouped: all steps of one, then all of
the next. The numbers in front tell in which order they were recorded.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

from tracer.recording import MODULE, Recording, State, Step, row_count
from tracer.several_files import Sources

_COLORS = {"|": "36", "*": "33", "=": "35", "@": "32", "!": "31"}
_AFTER = ("exit", "resume", "except")


def render(recording: Recording, source: str, color: bool = False, sources: Sources | None = None) -> str:
    """The whole recording, with ANSI colors if asked for. `sources`: the text of each other file that steps name."""
    lines = {"": source.splitlines()} | {file: text.splitlines() for file, text in (sources or {}).items()}
    drawn = [f"  at the start {text}" for text in _state(recording.initial)]
    for number, step in _grouped(recording.steps):
        drawn.append(_code(number, step, lines.get(step.file, [])))
        drawn += (f"        {text}" for text in (*map(_event, step.events), *_state(step.changes)))
    if recording.stopped:
        drawn.append(f"! recording stopped after {_limit(recording)}, the program went on")
    if recording.uncaught:
        drawn.append(f"! the program ended with {recording.uncaught}")
    if recording.no_witness:
        drawn.append(f"! no other connection: {recording.no_witness}")
    drawn += [f"! the tracer failed: {error}" for error in recording.tracer_errors]
    return "\n".join(_colored(line) if color else line for line in drawn)


def _limit(recording: Recording) -> str:
    said = {"deadline": f"{recording.deadline:g} seconds", "size": "as much as a page can show"}
    return said.get(recording.stopped, f"{len(recording.steps)} steps")


def _grouped(steps: list[Step]) -> Iterator[tuple[int, Step]]:
    """The steps with their numbers, those of concurrent threads and tasks one after the other."""
    alone = {""} | {step.task for step, before in zip(steps[1:], steps, strict=False) if _starts_a_loop(step, before)}
    for in_main, stretch in itertools.groupby(enumerate(steps, 1), lambda pair: pair[1].task in alone):
        together = list(stretch)
        if not in_main:
            tasks = list(dict.fromkeys(step.task for _, step in together))
            together.sort(key=lambda pair: tasks.index(pair[1].task))
        yield from together


def _starts_a_loop(step: Step, before: Step) -> bool:
    """Whether it is in the task that asyncio.run() runs."""
    return step.task.startswith("task") and not before.task


def _colored(line: str) -> str:
    sign = line.removeprefix("  at the start").strip()[:1]
    if sign in _COLORS and line.startswith((" ", "!")):
        return f"\033[{_COLORS[sign]}m{line}\033[0m"
    return f"\033[1m{line}\033[0m"


def _code(number: int, step: Step, lines: list[str]) -> str:
    first, last = step.lines
    text = lines[first - 1].strip() if first <= len(lines) else ""
    more = " …" if last > first else ""
    after = f" <{step.kind}>" if step.kind in _AFTER else ""
    task = f"[{step.task}] " if step.task else ""
    file = f"{step.file}: " if step.file else ""
    times = f"   (… {step.times - 1:,} more like this)" if step.times > 1 else ""
    return f"{number:>4} L{first:<4} {task}{'  ' * step.depth}{file}{text}{more}{after}{times}"


def _event(event: dict[str, Any]) -> str:
    details = {name: event[name] for name in ("connection", "session") if name in event} | event
    said = " ".join(_detail(name, value) for name, value in details.items() if name not in ("event", "reason"))
    reason = f"   [{event['reason']}]" if "reason" in event else ""
    return f"| {event['event']:9} {said}{reason}".rstrip()


def _detail(name: str, value: Any) -> str:
    if name in ("connection", "session", "sql", "change", "type", "category"):
        return str(value)
    if name == "objects":
        return " ".join(value)
    if name in ("parameters", "message", "text"):
        return _json(value)
    if name == "unsent":
        return "(not sent by the driver)"
    if name == "wrote":
        return "wrote " + ", ".join(map(_row, value))
    return f"{name}={value if isinstance(value, (int, str)) else ','.join(map(str, value))}"


def _row(row: dict[str, Any]) -> str:
    """A row that a statement wrote: its table, with its key or the number of rows if they are known."""
    which = _json(row["key"]) if "key" in row else f" × {row['count']}" if "count" in row else ""
    return f"{row['table']}{which}"


def _state(state: State) -> Iterator[str]:
    for label, value in state.get("objects", {}).items():
        yield f"* {label}: {_object(value) if value else 'garbage collected: the program no longer refers to it'}"
    for label, value in state.get("sessions", {}).items():
        yield f"= {label}: {_session(value) if value else 'gone'}"
    for label, value in state.get("connections", {}).items():
        yield f"= {label}: {value or 'gone'}"
    for function, names in state.get("names", {}).items():
        if names:
            where = "" if function == MODULE else f" of {function}"
            yield f"= variables{where}: " + ", ".join(f"{name} {_json(value)}" for name, value in names.items())
    for table, rows in state.get("tables", {}).items():
        yield f"@ {table}: {_rows(table, rows)}"


def _rows(table: str, rows: list[Any] | str | None) -> str:
    if rows is None:
        return "readable again" if table == "*" else "gone"
    return rows if isinstance(rows, str) else _json(rows) if rows else "no rows"


def _object(value: dict[str, Any]) -> str:
    where = f" in {value['session']}" if "session" in value else ""
    key = f" key={_json(value['key'])}" if "key" in value else ""
    values = ", ".join(f"{name}={_json(item)}" for name, item in value["values"].items())
    said = [f"{value['state']}{where}{key} {{{values}}}"]
    said += [f"{kind}: {', '.join(value[kind])}" for kind in ("expired", "unloaded") if kind in value]
    for name, change in value.get("modified", {}).items():
        said.append(f"modified {name}: {_json(change['deleted'])} → {_json(change['added'])}")
    return "; ".join(said)


def _session(value: dict[str, Any]) -> str:
    held = " ".join(f"{kind}={_labels(value[kind]) or '-'}" for kind in ("new", "dirty", "deleted", "map"))
    return f"{held} transaction={value['transaction'] or '-'}"


def _labels(labels: list[Any]) -> str:
    listed = [label for label in labels if isinstance(label, str)]
    more = [f"… ({row_count(labels)})"] if len(listed) < len(labels) else []
    return ",".join([*listed, *more])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
