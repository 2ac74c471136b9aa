"""One text of all the lines of a recording, where its steps stand in several files."""

from __future__ import annotations

import ast
import dataclasses

from tracer.recording import Recording

Sources = dict[str, str]  # by the name that steps have in `Step.file`


def together(recording: Recording, source: str, sources: Sources) -> tuple[Recording, str]:
    """The recording with steps in one text, and that text: the program, then of each other file what ran of it.

    Below its name stand the lines that ran, and the heads of their functions.
    """
    files = list(dict.fromkeys(step.file for step in recording.steps if step.file))
    if not files:
        return recording, source
    lines = source.splitlines()
    places: dict[tuple[str, int], int] = {}
    for file in files:
        lines += ["", f"# {file}"]
        own = sources.get(file, "").splitlines()
        ran = {n for step in recording.steps if step.file == file for n in range(step.lines[0], step.lines[1] + 1)}
        for number in sorted(ran | _heads(sources.get(file, ""), ran)):
            lines.append(own[number - 1] if number <= len(own) else f"# line {number}")
            places[file, number] = len(lines)
    steps = [
        dataclasses.replace(step, lines=(places[step.file, step.lines[0]], places[step.file, step.lines[1]]))
        if step.file
        else step
        for step in recording.steps
    ]
    return dataclasses.replace(recording, steps=steps), "\n".join(lines) + "\n"


def _heads(source: str, ran: set[int]) -> set[int]:
    """The lines of the functions and classes around the lines that ran."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, scopes) and any(node.lineno < line <= (node.end_lineno or 0) for line in ran)
    }
