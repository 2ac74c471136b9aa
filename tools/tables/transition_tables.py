"""The tables that are made of the transitions' data, and what draws every computed table by its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.content.repository import ROOT
from tools.tables import cascade_tables, changes, isolation_tables, loading_tables, matrix, state_matrix
from tools.tables.table import Table, TableError, html, parsed
from tracer.recording import STATES

SNIPPETS = ROOT / "snippets"


def data(name: str, snippets: Path = SNIPPETS) -> Any:
    """What the program snippets/reference/<name>.py has computed."""
    path = f"snippets/reference/{name}.json"
    try:
        return parsed(snippets / "reference" / f"{name}.json", json.loads)
    except OSError:
        raise TableError(f"{path}: is missing; run make record STORY=reference/{name}") from None
    except ValueError as error:
        raise TableError(f"{path}: is no JSON ({error}); run make record STORY=reference/{name}") from None


def _either(value: object, yes: str, no: str) -> str:
    return yes if value else no


def transitions() -> Table:
    """Every edge between two states, with its calls and its events."""
    rows: list[list] = []
    for edge in data("transitions")["edges"]:
        start = f"{{{edge['from']}}}" if edge["from"] in STATES else "no object yet"
        when = [[f"or {how}" if number else how] for number, how in enumerate(edge["when"])]
        events = [[f"`{name}`"] for name in edge["events"]] or "none"
        rows.append([[[start], [f"→\u00a0{{{edge['to']}}}"], *when], edge["calls"], events])
    return Table(["from → to", "calls", "event"], rows)


def transition_calls() -> Table:
    """The calls that a group of the transitions stands for."""
    found = data("transitions")
    rows: list[list] = [[entry["group"], entry["calls"]] for entry in found["groups"]]
    return Table(["in the table", "stands for"], [*rows, ["leads nowhere", found["still"]]])


def who_keeps_an_object() -> Table:
    """Whether a Session keeps an object in each state that nobody else holds."""
    kept = data("transitions")["kept"]
    rows: list[list] = []
    for state in STATES:
        answers = [entry for entry in kept if entry["state"] == state]
        usual = answers[0]["kept"]
        others = [[entry["when"]] for entry in answers if entry["kept"] != usual]
        rows.append([f"{{{state}}}", _either(usual, "kept", "collected"), others or ""])
    return Table(["state", "usually", "except"], rows)


TABLES: dict[str, Callable[[], Table]] = {
    "transitions": transitions,
    "transition-calls": transition_calls,
    "who-keeps-an-object": who_keeps_an_object,
    **changes.TABLES,
}

# What draws the tables whose names begin with a word.
REFERENCES = {"cascades": cascade_tables.draw, "loading": loading_tables.draw, "isolation": isolation_tables.draw}


def table(name: str) -> Table:
    """The table of this name. Raises TableError."""
    if name not in TABLES:
        raise TableError(
            f"there is no table '{name}': name one of {', '.join(sorted(TABLES))}, or write tables/{name}/table.toml"
        )
    return TABLES[name]()


def draw(name: str, language: str) -> str:
    """The table of this name as HTML. Raises TableError."""
    if name.startswith(changes.NAME):
        return changes.draw(name, language)
    if name.startswith(state_matrix.NAME):
        return state_matrix.draw(name, language, state_matrix.Matrix(data(state_matrix.NAME)))
    if kind := REFERENCES.get(name.partition("-")[0]):
        return matrix.draw(kind, name, language, data)
    return html(table(name), name, language)
