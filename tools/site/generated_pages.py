"""Pages that are written by programs, for one language, as (name, Markdown, whether the navigation lists it)."""

from collections.abc import Iterator
from pathlib import Path

from tools.site import error_pages


def pages(docs: Path) -> Iterator[tuple[str, str, bool]]:
    """Every generated page of the language whose pages are in `docs`."""
    if text := error_pages.index(docs):
        yield error_pages.INDEX, text, True
    for name, text in _stories(docs.name).items():
        yield name, text, False


def _stories(language: str) -> dict[str, str]:
    """A page for each story that a proven table's cell links to and no page shows: `stories/<chapter>/<story>.md`."""
    # MERGE: return tools.tables.proven.story_pages(language), once it is there.
    return {}
