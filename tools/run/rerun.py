"""Run every story again, beside its committed recording: for tables that compare versions of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.content.repository import Repository
from tools.run import variants
from tools.run.recordings import recorded_text
from tools.run.sandbox import ProgramFailed, apart
from tracer.recording import Recording, load, loads


def stories() -> Iterator[tuple[Path, Recording, Recording]]:
    """Each story with the recording that holds everywhere and one made here and now. Raises ProgramFailed.

    Stories that need a server, or are not recorded, have none that holds everywhere, and are left out.
    """
    for story, result in apart(
        recorded_text, [story for story in Repository().stories if "" in variants.recordings(story)]
    ):
        if isinstance(result, ProgramFailed):
            raise result
        yield story, load(variants.recordings(story)[""]), loads(result)
