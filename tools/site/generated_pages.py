"""Pages that are written by programs, for one language: their names and their Markdown."""

from pathlib import Path

from tools.site import error_pages, navigation
from tools.tables.story_pages import story_pages

STORIES = "stories/"


def pages(docs: Path, only: str = "") -> dict[str, str]:
    """Every generated page of the language whose pages are in `docs`, or only those that belong to a chapter."""
    found = _stories(docs.name)
    if navigation.wanted(error_pages.INDEX, only) and (index := error_pages.index(docs)):
        found[error_pages.INDEX] = index
    return {name: text for name, text in found.items() if navigation.wanted(name.removeprefix(STORIES), only)}


def _stories(language: str) -> dict[str, str]:
    """A page for each story that a proven table's cell links to and no page shows: `stories/<chapter>/<story>.md`."""
    return story_pages(language)
