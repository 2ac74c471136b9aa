"""Run every story again, beside its committed recording: for tables that compare versions of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.content.repository import SUFFIX, Repository
from tools.run.recordings import recorded_text
from tools.run.sandbox import ProgramFailed, apart
from tracer.recording import Recording, load, loads


def stories() -> Iterator[tuple[Path, Recording, Recording]]:
    """Each story with its committed recording and one made here and now. Raises ProgramFailed."""
    for story, result in apart(recorded_text, Repository().stories):
        if isinstance(result, ProgramFailed):
            raise result
        yield story, load(story.with_suffix(SUFFIX)), loads(result)
