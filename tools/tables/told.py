"""Read what recordings and computed data hold, for the tables: a story's moment, named by its line of code.

A story that no longer has the line, a recording that no longer fits its story, data that are missing: each is a
TableError, one line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.content.repository import ROOT, SUFFIX
from tools.tables.folder import Folder
from tools.tables.table import TableError
from tracer import statements
from tracer.recording import ARROW, MODULE, Recording, Step, load

SNIPPETS = ROOT / "snippets"
FLUSHES = ("flush", "autoflush", "commit", "savepoint", "begin_nested")  # reasons of a statement


class Told:
    """A story and its recording: the one of `place`, as tools.run.variants says it, if it differs there."""

    def __init__(self, name: str, snippets: Path = SNIPPETS, place: str = "") -> None:
        self.name = name
        story = snippets / name
        try:
            self.lines = story.read_text("utf-8").splitlines()
        except OSError:
            raise TableError(
                f"snippets/{name}: is read by a table and is gone; mend tools/tables/summaries.py"
            ) from None
        try:
            there = story.with_suffix(f".{place}{SUFFIX}")
            self.recording: Recording = load(there if there.exists() else story.with_suffix(SUFFIX))
        except OSError:
            raise TableError(f"snippets/{name}: has no recording; run make record STORY={name}") from None
        except ValueError as error:
            raise TableError(f"{error}; run make record STORY={name}") from None

    def at(self, code: str, nth: int = 1) -> Moment:
        """The nth time that this line of code runs."""
        line = self._line(code, nth)
        before: dict[str, dict[str, Any]] = self.recording.initial
        found: list[Step] = []
        earlier = after = before
        for step, state in zip(self.recording.steps, self.recording.states(), strict=True):
            now = {kind: dict(values) for kind, values in state.items()}
            if step.lines[0] == line:
                earlier = earlier if found else before
                found.append(step)
                after = now
            before = now
        if not found:
            raise TableError(
                f"snippets/{self.name}:{line}: '{code}' is not in the recording; run make record STORY={self.name}"
            )
        return Moment(f"snippets/{self.name}:{line}", found, earlier, after)

    def _line(self, code: str, nth: int) -> int:
        numbers = [number for number, line in enumerate(self.lines, 1) if line.strip() == code]
        if len(numbers) < nth:
            times = f"{nth} times" if nth > 1 else "any more"
            raise TableError(f"snippets/{self.name}: does not say '{code}' {times}; mend tools/tables/summaries.py")
        return numbers[nth - 1]


class Moment:
    """What a line of code did."""

    def __init__(self, where: str, steps: list[Step], before: dict, after: dict) -> None:
        self.where, self.steps, self.before, self.after = where, steps, before, after

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for step in self.steps for event in step.events]

    @property
    def sent(self) -> list[str]:
        """The statements, by verb and table; without BEGIN, which comes with the first of a transaction."""
        said = []
        for event in self.events:
            if event["event"] == "sql":
                said.append(statements.summary(event["sql"]))
            elif event["event"] in ("commit", "rollback"):
                said.append(event["event"].upper())
        return said

    @property
    def begins(self) -> bool:
        """Whether a transaction began."""
        return any(event["event"] == "begin" for event in self.events)

    @property
    def flushes(self) -> bool:
        """Whether a flush wrote something."""
        sent = [event for event in self.events if event["event"] == "sql" and event.get("reason") in FLUSHES]
        return any(statements.verb(event["sql"]) in statements.WRITES for event in sent)

    @property
    def raised(self) -> str:
        """The type of the first exception, or nothing."""
        return next((event["type"] for event in self.events if event["event"] == "exception"), "")

    def _named(self, variable: str, state: dict) -> str:
        value = state.get("names", {}).get(MODULE, {}).get(variable)
        if not isinstance(value, str):
            raise TableError(f"{self.where}: '{variable}' is not recorded there; mend tools/tables/summaries.py")
        return value.removeprefix(ARROW)

    def object(self, variable: str, before: bool = False) -> dict[str, Any]:
        """The object that a variable held, after the line or before it."""
        label = self._named(variable, self.after)
        return (self.before if before else self.after)["objects"][label] or {}

    def session(self, variable: str) -> dict[str, Any]:
        """The Session that a variable held, after the line."""
        return self.after["sessions"][self._named(variable, self.after)]

    def holds(self, session: str, variable: str) -> bool:
        """What `variable in session` would say."""
        held = self.session(session)
        return self._named(variable, self.after) in held["new"] + held["map"]

    def others_see(self, table: str) -> int:
        """How many rows of a table another connection sees, after the line."""
        return len(self.after["tables"][table])


def data(name: str, tables: Path = SNIPPETS.parent / "tables") -> Any:
    """What the program tables/<name>/compute.py has computed."""
    return Folder(tables / name).read("data.json")
