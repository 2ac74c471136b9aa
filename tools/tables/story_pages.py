"""A page for each story that a cell of a proven table links to and whose stepper is not on the cell's page.

They are generated while the site is built, and stand outside its navigation and search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import relpath

from tools.content.locale import words
from tools.content.repository import ROOT
from tools.tables import proven

FENCE = re.compile(r'^```table name="([^"]+)"', re.MULTILINE)
TITLE = re.compile(r"^# (.+?)(?: *\{ *#[\w-]+ *\})? *$", re.MULTILINE)


def story_pages(language: str, root: Path = ROOT) -> dict[str, str]:
    """The Markdown of each page by its name, `stories/<chapter>/<story>.md`.

    Raises TableError for a table that cannot be read, LocaleError for words that are missing.
    """
    shown: dict[str, list[tuple[str, str]]] = {}  # story → pages whose tables it proves, each with its title
    for page, text, story in _linked(language, root):
        title = TITLE.search(text)
        entry = (page, title[1] if title else page)
        if entry not in shown.setdefault(story, []):
            shown[story].append(entry)
    said = words(language, "stories", root)
    return {proven.story_page(story): _page(story, shown[story], said) for story in sorted(shown)}


def _linked(language: str, root: Path) -> Iterator[tuple[str, str, str]]:
    """Each page with a proven table, its text, and each story that its cells link to elsewhere."""
    folder = root / "docs" / language
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text("utf-8")
        for name in FENCE.findall(text):
            if proven.is_proven(name, root):
                for story in sorted(proven.ProvenTable(name, root).stories()):
                    if not proven.has_stepper(text, story):
                        yield path.relative_to(folder).as_posix(), text, story


def _page(story: str, pages: list[tuple[str, str]], said: dict[str, str]) -> str:
    name, here = Path(story).name, Path(proven.story_page(story)).parent.as_posix()
    links = said["comma"].join(f"[{title}]({relpath(page, here)})" for page, title in pages)
    return (
        f'---\ntitle: "{said["title"].format(name)}"\ndescription: "{said["description"].format(name)}"\n'
        "search: {exclude: true}\nhide: [navigation, toc]\n---\n\n"
        f'# {said["title"].format(f"`{name}`")}\n\n{said["proves"].format(links)}\n\n```steps story="{story}"\n```\n'
    )
