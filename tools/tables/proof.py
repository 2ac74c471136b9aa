"""Whether a story or computed data prove what a cell of a table says: see proven.py.

A cell names a line of a story. The fact of its answer must hold there, and the facts of the other answers must not. It
may name a later line too, for what has become of things by then.
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.content.repository import ROOT, SUFFIX
from tools.run import compare, markers, variants
from tools.tables.table import TableError, parsed
from tracer import facts
from tracer.listing import Listing
from tracer.recording import load, loads
from tracer.runs import Run, over, runs

FIELD = re.compile(r"\{(\w+)\}")
SERIES = re.compile(r"(\d+)(?: \+ n(?: / (\d+))?)?")


def fill(text: str, values: dict[str, Any]) -> str:
    """Put values into the {fields} of a text, and into those of the values. A field without a value stays."""
    for _ in range(2):
        text = FIELD.sub(lambda field: str(values.get(field[1], field[0])), text)
    return text


class Story:
    """A story and its recording, or that of a place where it differs; `steps` is the name of its stepper."""

    def __init__(self, name: str, path: Path, recorded: Path, text: str | None = None) -> None:
        """`text`: what the recording shall be, if not what its file holds. Raises TableError."""
        self.name, self.recorded = name, recorded
        main = recorded == variants.main_recording(path)
        self.steps = path.stem if main else recorded.name.removesuffix(SUFFIX).replace(".", "-", 1)
        source = path.read_text("utf-8")
        self.lines = source.splitlines()
        try:
            self.recording = load(recorded) if text is None else loads(text)
        except OSError:
            raise TableError(f"snippets/{name} has no recording; run make record STORY={name}") from None
        except ValueError as error:
            raise TableError(f"{error}; run make record STORY={name}") from None
        self.runs = list(runs(self.recording))
        self._stops = {id(step) for step, *_ in Listing(self.recording, source, "en", "").stops}

    def line(self, code: str, nth: int = 1) -> int:
        """The number, from 1, of the line that reads `code`: the nth of them. Raises TableError."""
        numbers = [number for number, line in enumerate(self.lines, 1) if line.strip() == code]
        if len(numbers) < nth:
            times = f" {nth} times" if nth > 1 else ""
            raise TableError(f"snippets/{self.name} has no line `{code}`{times}: name a line of it")
        return numbers[nth - 1]

    def executions(self, code: str, nth: int = 1, about: str = "whole") -> list[Run]:
        """What the statement that begins with this line did, each time. Raises TableError."""
        number = self.line(code, nth)
        if found := [run for run in self.runs if run.line == number and run.about == about]:
            return found
        raise TableError(f"snippets/{self.name}:{number}: `{code}` is not recorded ({about}): name a line that is")

    def step(self, number: int) -> int:
        """The number of the listing's step that shows a line, or the last one before it; 0 where there is none."""
        found = 0
        for step in self.recording.steps:
            found += id(step) in self._stops
            if step.lines[0] == number:
                return found
        return 0

    def anchor(self, number: int) -> str:
        """Where the stepper of this story shows a line."""
        return f"steps-{self.steps}-{self.step(number)}"


def story(name: str, place: str = "", root: Path = ROOT) -> Story:
    """A story by its path below snippets/, read again only when it has changed. Raises TableError."""
    path, recorded = root / "snippets" / name, recorded_at(name, place, root)
    if recorded in _instead:
        return _instead[recorded](name, path, recorded)
    changed = (path.stat().st_mtime_ns, recorded.stat().st_mtime_ns if recorded.exists() else 0)
    return _story(name, path, recorded, changed)


def recorded_at(name: str, place: str = "", root: Path = ROOT) -> Path:
    """The recording of a story, or that of a place where it differs. Raises TableError."""
    path = root / "snippets" / name
    if not path.is_file():
        raise TableError(f"there is no story snippets/{name}: name one that is there")
    try:
        if not place:
            return variants.main_recording(path)
        groups = compare.alike(path)
        return variants.recording_of(path, next((group[0] for group in groups if place in group), place))
    except markers.MarkerError as error:
        raise TableError(str(error)) from None


@contextlib.contextmanager
def instead(recorded: Path, text: str) -> Iterator[None]:
    """While it lasts, what is proven is so by this text of a recording, and not by what its file holds."""
    _instead[recorded] = functools.cache(functools.partial(Story, text=text))
    try:
        yield
    finally:
        del _instead[recorded]


_instead: dict[Path, Callable[[str, Path, Path], Story]] = {}


@functools.lru_cache(maxsize=256)
def _story(name: str, path: Path, recorded: Path, changed: tuple[int, int]) -> Story:
    return Story(name, path, recorded)


def place(cell: dict[str, Any], root: Path = ROOT) -> tuple[Story, int] | None:
    """The story and the line that a cell names; none for one that names no line. Raises TableError."""
    code = f"assert {cell['assert']}" if "assert" in cell else cell.get("line")
    if code is None or "data" in cell:
        return None
    if "story" not in cell:
        raise TableError("names no story: write story = …, for the cell, its row, its column or the table")
    found = story(cell["story"], cell.get("place", ""), root)
    return found, found.line(code, cell.get("nth", 1))


def code(cell: dict[str, Any], root: Path = ROOT) -> str:
    """The source of the statements that a cell names."""
    if not (found := place(cell, root)):
        return ""
    told, number = found
    numbers = [number, *([told.line(cell["later"], cell.get("later_nth", 1))] if "later" in cell else [])]
    ends = {step.lines[0]: step.lines[1] for step in told.recording.steps}
    return "\n".join("\n".join(told.lines[first - 1 : ends.get(first, first)]) for first in numbers)


def prove(cell: dict[str, Any], answer: dict[str, Any], others: Iterable[dict[str, Any]], root: Path = ROOT) -> None:
    """Raise TableError unless what the cell names proves the answer, and none of the others."""
    if "data" in cell:
        return _prove_by_data(cell, answer, root)
    found = place(cell, root)
    if found is None:
        raise TableError("names no line: write line = …, or unproven = …, which says why no program can show it")
    if "assert" in cell:
        _passes(*found)
    if "fact" not in answer:
        if "assert" not in cell:
            raise TableError("is without a fact: write fact = … for the answer, or assert = … for the cell")
    elif reasons := _failures(cell, answer, root):
        raise TableError(f"{reasons[0]} ({_shown(*found)}): mend the answer, or the line")
    for other in others:
        if "fact" in other and _complete(other, cell) and not _failures(cell, other, root):
            said = fill(other["fact"], cell)
            raise TableError(f"the fact of another answer holds too: '{said}' ({_shown(*found)}): mend one of them")
    return None


def _shown(told: Story, number: int) -> str:
    return f"snippets/{told.name}:{number}"


def _passes(told: Story, number: int) -> None:
    """Raise TableError unless an assertion ran and passed. One of the setup is not recorded: its story has ended."""
    found = [run for run in told.runs if run.line == number]
    failed = any(event["event"] == "exception" for run in found for event in run.events)
    setup = told.recording.steps and number < told.recording.steps[0].lines[0]
    if failed or not (found or setup) or told.recording.uncaught:
        raise TableError(f"the assertion {_shown(told, number)} did not pass: name one that does")


def _complete(answer: dict[str, Any], cell: dict[str, Any]) -> bool:
    """Whether a cell has a value for every field of an answer's facts, and a later line if the answer needs one."""
    filled = fill(answer["fact"] + answer.get("later_fact", ""), cell)
    return not FIELD.search(filled) and ("later_fact" not in answer or "later" in cell)


def _failures(cell: dict[str, Any], answer: dict[str, Any], root: Path) -> list[str]:
    """Why an answer does not hold where a cell says; nothing if it does. Raises TableError."""
    if not _complete(answer, cell):
        raise TableError(f"lacks a value for a field of '{answer['fact']}', or later = …: write it")
    told = story(cell["story"], cell.get("place", ""), root)
    line = f"assert {cell['assert']}" if "assert" in cell else cell["line"]
    first = told.executions(line, cell.get("nth", 1), cell.get("about", "whole"))
    if "run" in cell:  # of a line that runs several times: this time only
        first = first[cell["run"] - 1 : cell["run"]]
    if not first:
        raise TableError(f"`{line}` does not run {cell['run']} times: mend run = …")
    checked = [(answer["fact"], run) for run in first]
    if "later_fact" in answer:
        after = told.executions(cell["later"], cell.get("later_nth", 1))
        checked += [(answer["later_fact"], over(first[0], run)) for run in after]
    try:
        return [reason for text, run in checked for reason in facts.failures(facts.parse(fill(text, cell)), run)]
    except facts.FactError as error:
        raise TableError(str(error).partition(": ")[2]) from None


def data(name: str, root: Path = ROOT) -> Any:
    """What the program of a computed table has computed. Raises TableError."""
    try:
        return parsed(root / "tables" / name / "data.json", json.loads)
    except (OSError, ValueError) as error:
        raise TableError(f"the data of the table '{name}' cannot be read ({error}): run make record") from None


def _prove_by_data(cell: dict[str, Any], answer: dict[str, Any], root: Path) -> None:
    found = data(cell["data"], root)
    try:
        for key in cell["path"]:
            found = found[key]
        if "answers" in cell:  # a list of answers: what the field of the entries holds, each once
            entries = [entry for entry in found if all(entry[key] == value for key, value in cell["where"].items())]
            values = list(dict.fromkeys(entry[cell["field"]] for entry in entries if cell["field"] in entry))
            values = [value for value in values if value not in cell["where"].values()]
            if values != cell["answers"]:
                raise TableError(f"the data say {', '.join(values)}: name these answers, in this order")
        else:
            numbers = {int(n): entry[cell["field"]] for n, entry in found.items()}
            if wrong := [n for n, value in numbers.items() if series(answer["series"])(n) != value]:
                raise TableError(f"the data say {numbers[wrong[0]]} for n = {wrong[0]}: mend the series")
    except (KeyError, TypeError, AttributeError) as error:
        raise TableError(f"the data of '{cell['data']}' have no {error}: mend data, path, where or field") from None


def series(text: str) -> Any:
    """The function that "2", "1 + n" or "1 + n / 500" (rounded up) stands for. Raises TableError."""
    if not (match := SERIES.fullmatch(text)):
        raise TableError(f"'{text}' is no series: write a number, 1 + n, or 1 + n / 500")
    first, step = int(match[1]), int(match[2] or 1)
    return lambda n: first + (math.ceil(n / step) if "n" in text else 0)


def series_values(text: str) -> dict[str, str]:
    """What the words of an answer with a series may show: {series}, {first} (its value for one), {step}."""
    match = SERIES.fullmatch(text)
    return {
        "series": text.replace("n", "N"),
        "first": str(series(text)(1)),
        "step": (match[2] if match else "") or "",
    }
