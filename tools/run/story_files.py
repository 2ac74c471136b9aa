"""What is wrong with the files of stories as they lie there, without running anything: one line for each file."""

from __future__ import annotations

import ast
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from tools.content.repository import Repository
from tools.run import compare, other_recordings, story_facts, variants
from tracer import MARK


def problems(repository: Repository) -> Iterator[tuple[Path, int, str]]:
    """File, line (0: the whole file), what is wrong and the remedy."""
    for story in repository.stories:
        try:
            recordings = variants.recordings(story)
        except variants.MarkerError as error:
            yield story, 0, str(error).partition(": ")[2]
            continue
        if line := _try_above(story):
            yield story, line, f"a try above '{MARK}' may not raise, and nobody would notice: move it below that line"
        whole = True
        for place, path in recordings.items():
            if path.exists() and (wrong := compare.file_problem(story, place, path)):
                yield path, 0, wrong.partition(": ")[2]
                whole = False
            elif not path.exists():
                remedy = f"run {variants.command(story, place)}{', or remove the marker' if place else ''}"
                yield story, 0, f"has no recording {path.name}: {remedy}"
        for path, wrong in other_recordings.problems(story) if whole else ():
            yield path, 0, wrong
    yield from _orphans(repository)
    for path, what in story_facts.file_problems(repository.stories, repository.snippets):
        yield path, 0, what
    for folder in (repository.snippets, repository.root / "tables"):
        for path in sorted(folder.rglob("*.json")):
            try:
                json.loads(path.read_text("utf-8"))
            except (OSError, ValueError) as error:
                yield path, 0, f"holds no data ({error}): run make record, or restore it"


def _orphans(repository: Repository) -> Iterator[tuple[Path, int, str]]:
    with contextlib.suppress(variants.MarkerError):  # which is said of its story
        for path in variants.orphans(repository):
            yield path, 0, "records no story, or no place where one says that it differs: delete it"


def _try_above(story: Path) -> int:
    """The line of a `try` in the setup of a story; 0 if it has none."""
    source = story.read_text("utf-8")
    above = source.partition(f"\n{MARK}")[0].count("\n") + 1 if f"\n{MARK}" in source else 0
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return 0  # which is said elsewhere
    outside = (node for node in tree.body if isinstance(node, (ast.Try, ast.TryStar)))
    return next((node.lineno for node in outside if node.lineno <= above), 0)
