"""What is wrong with a story's recordings of other databases and versions, as far as no server is needed to see it.

What depends on no database and no version must be the same in all of a story's recordings: its classes and tables, and
what there is before its first line. The facts of its checked comments must hold in each. A difference that the story
declares must be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.run import compare, variants
from tracer import Recording, load
from tracer.portable import portable


def problems(story: Path) -> Iterator[tuple[Path, str]]:
    """The recording, and what is wrong with it with the remedy. The files must be whole. Raises MarkerError."""
    from tools.run import recordings  # brings SQLAlchemy, which a build does without

    paths = variants.recordings(story)
    loaded = {place: load(path) for place, path in paths.items() if path.exists()}
    first = next(iter(loaded.values()), None)
    for place, recording in loaded.items():
        if not place or first is None:
            continue  # the default tests make it anew
        remedy = f"run {variants.command(story, place)}, or mend the story"
        if what := _unlike(first, recording):
            yield paths[place], f"{what}, unlike {_name(paths, loaded)}; {remedy}"
        elif "" in loaded and compare.portable_lines(first) == compare.portable_lines(recording):
            yield paths[place], f"tells the same as {paths[''].name}: delete it, and 'differs on {place}' in the story"
        for line in recordings.problems(story, recording):
            yield paths[place], f"{line.partition('/')[2].partition('/')[2]}; {remedy}"


def _name(paths: dict[str, Path], loaded: dict[str, Recording]) -> str:
    return paths[next(iter(loaded))].name


def _unlike(first: Recording, other: Recording) -> str:
    """What is not the same in two recordings and should be; empty if nothing."""
    if first.classes != other.classes:
        return "has other classes"
    for table in {**first.tables, **other.tables}:
        if first.tables.get(table) != other.tables.get(table):
            return f"has other columns in the table {table}"
    if portable(first)[0] != portable(other)[0]:
        return "begins with other objects or rows"
    return ""
