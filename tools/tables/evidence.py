"""What notices a mutant of a story: the first of assertion, checked comment, table, file of facts, recording."""

from __future__ import annotations

import difflib
import json
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.content.repository import ROOT, SUFFIX
from tools.run import story_facts
from tools.run.mutants import Mutant
from tools.run.recordings import unnamed_warnings
from tools.tables import proof, proven
from tools.tables.proven import Cell, ProvenTable
from tools.tables.table import TableError
from tracer import Recording, comments, render_text
from tracer.recording import Step

EXCEPTION, COMMENT, TABLE, FACTS, RECORDING, NOTHING = "assert", "comment", "table", "facts", "recording", "nothing"
SAME = "same"  # a swap of two statements that do in either order what they did
ORDER = (EXCEPTION, COMMENT, TABLE, FACTS, RECORDING, NOTHING, SAME)  # of trust: what `make record` overwrites is last
_LABEL = re.compile(r"(?<=[\"→])(?:[A-Z]\w*#|[sc])\d+(?=\")")


@dataclass(frozen=True)
class Subject:
    """A story as it is: its text, its own recording, and the cells of tables that it proves."""

    story: Path
    source: str
    recording: Recording
    cells: list[tuple[ProvenTable, Cell]] = field(default_factory=list)


def cells(name: str, place: str = "", root: Path = ROOT) -> list[tuple[ProvenTable, Cell]]:
    """The cells of tables that a story (a path below snippets/) proves. Raises TableError."""
    return [
        (table, cell)
        for table in (ProvenTable(one, root) for one in proven.names(root))
        for cell in table.all_cells()
        if cell.place.get("story") == name
        and not {"data", "unproven"} & cell.place.keys()
        and cell.place.get("place", "") == place
    ]


def notices(subject: Subject, mutant: Mutant, found: Recording) -> tuple[str, str]:
    """What notices a mutant that ran to its end, and what that says. The present folder is free to write in."""
    told = mutant.source if mutant.moved else subject.source  # where comments and lines are
    for problem in (*comments.check(told, found), *unnamed_warnings(subject.story, told, found)):
        return COMMENT, problem
    if wrong := disproved(subject, told, found, Path.cwd()):
        return TABLE, wrong
    for problem in comments.unheld(story_facts.read(subject.story, told).at(found), found):
        return FACTS, problem
    before, after = _told(subject.recording), _told(found)
    if mutant.moved and _numbered(before) == _numbered(_told(found, mutant.moved)):
        return SAME, ""
    return (NOTHING, "") if before == after else (RECORDING, _difference(subject, found))


def disproved(subject: Subject, source: str, found: Recording, folder: Path) -> str:
    """What a table says of a story that another run of it, of this source, does not prove; empty if nothing.

    `folder` is free to write in.
    """
    if not subject.cells:
        return ""
    with tempfile.TemporaryDirectory(dir=folder) as copy:
        path = Path(copy, "snippets", *subject.story.parts[-2:])
        path.parent.mkdir(parents=True)
        path.write_text(source, "utf-8")
        path.with_suffix(SUFFIX).write_text(found.dumps(), "utf-8")
        for table, cell in subject.cells:
            try:
                proof.prove({**cell.place, "place": ""}, cell.words, cell.others, Path(copy))
            except TableError as error:
                return str(table.error(cell.where, error))
    return ""


def _told(recording: Recording, moved: dict[int, int] | None = None) -> list[str]:
    """What a recording says of each step, without where it stands; in the story's order, where two were swapped."""
    variables = dict(recording.initial.get("names", {}))
    told: dict[int, str] = {}
    for step in recording.steps:
        said: dict[str, Any] = {"function": step.function, "task": step.task, "times": step.times}
        said |= {"sessions": step.sessions, "events": step.events, "changes": dict(step.changes)}
        for function, now in step.changes.get("names", {}).items():  # all variables, where one is new
            before, variables[function] = variables.get(function) or {}, now
            new = {name: value for name, value in (now or {}).items() if before.get(name) != value}
            gone = sorted(before.keys() - (now or {}).keys())
            said["changes"]["names"] = {**said["changes"]["names"], function: [new, gone]}
        told[id(step)] = json.dumps(said, sort_keys=True)
    steps = _in_order(recording.steps, moved) if moved else recording.steps
    return [json.dumps(recording.initial, sort_keys=True), *(told[id(step)] for step in steps)]


def _in_order(steps: list[Step], moved: dict[int, int]) -> list[Step]:
    """The steps with those of the two swapped statements in the story's order."""
    top = min(moved)
    second = moved[top]  # the line where the statement began that now stands first
    lines = set(moved.values()) | set(moved)
    ordered: list[Step] = []
    group: list[tuple[bool, Step]] = []
    for step in steps:
        if not step.file and (min(lines) <= step.lines[0] <= max(lines)):
            group.append((moved.get(step.lines[0], step.lines[0]) >= second, step))
        elif group and step.depth > group[0][1].depth:
            group.append((group[-1][0], step))  # of a function that it called
        else:
            ordered += [one for _, one in sorted(group, key=lambda part: part[0])]
            group = []
            ordered.append(step)
    return ordered + [one for _, one in sorted(group, key=lambda part: part[0])]


def _numbered(told: list[str]) -> list[str]:
    """With labels numbered in the order in which they come here."""
    labels: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        kind = match[0].rstrip("0123456789")
        return labels.setdefault(match[0], f"{kind}{len(labels) + 1}")

    return [json.dumps(json.loads(_LABEL.sub(number, line)), sort_keys=True) for line in told]


def _difference(subject: Subject, found: Recording) -> str:
    """The first lines of text in which two recordings differ, on one line."""
    before = render_text(subject.recording, subject.source).splitlines()
    after = render_text(found, subject.source).splitlines()
    lines = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    return " | ".join(" ".join(line.split()) for line in lines[:4])
