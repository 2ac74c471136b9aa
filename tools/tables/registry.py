"""What a fence of a page becomes: the registry of the folders of tables/, which it finds by itself, and of steppers.

```table name="matrix-pending"
```

```map name="transitions"
What the drawing shows, for those who do not see it.
```

```predict name="marked-add deleted-add pending-add"
Why the first of these cells is as it is. The outcomes of the others are the wrong choices.
```
"""

from __future__ import annotations

import re
from pathlib import Path

from pymdownx.superfences import SuperFencesException

from tools.content.pages import COMPUTED
from tools.content.repository import ROOT
from tools.run import table_data
from tools.tables import proven, stepper
from tools.tables.folder import Folder
from tools.tables.table import TableError

TABLES = ROOT / "tables"
IDS = re.compile(r'\bid="([^"]+)"')


class FenceError(SuperFencesException, TableError):
    """A fence that cannot be drawn: one line with the remedy. Superfences lets it through."""


def computed(root: Path = TABLES) -> list[Folder]:
    """The folders whose tables a program has computed, or measured."""
    programs = (path for name in table_data.PROGRAMS for path in root.glob(f"*/{name}"))
    return [Folder(path.parent) for path in sorted(programs)]


def draw(kind: str, name: str, text: str, language: str, page: str, root: Path = TABLES) -> str:
    """What a fence becomes, as HTML. Raises TableError."""
    broken: TableError | None = None
    for folder in computed(root):
        try:
            claimed = folder.claims(kind, name)
        except TableError as error:
            broken = broken or error  # what it would have claimed is not known; the other folders are drawn
            continue
        if claimed:
            return folder.draw(kind, name, text, language, page)
    raise broken or TableError(f"there is no {kind} '{name}': name one that a tables/*/table.toml lists")


def markdown(name: str, language: str, page: str, text: str) -> list[str] | None:
    """The lines of Markdown of a proven table; None for any other. Raises TableError."""
    return proven.markdown(name, language, page, text)


def anchors(kind: str, name: str, root: Path = TABLES) -> set[str]:
    """What links may lead to inside what a fence becomes. Raises TableError."""
    return set(IDS.findall(draw(kind, name, "-", "en", "page.md", root)))


def fences(language: str, page: str) -> list[dict[str, object]]:
    """The custom fences of pymdownx.superfences for a page, `chapter/page.md`. They raise FenceError."""

    def validate(kind, inputs, options, attrs, md) -> bool:
        if set(inputs) != {"name"}:
            raise FenceError(f'{kind}: takes a name and nothing else, not {inputs}; write ```{kind} name="…"')
        options.update(inputs)
        return True

    def render(source, kind, css_class, options, md, **more) -> str:
        try:
            return draw(kind, options["name"], source, language, page)
        except TableError as error:
            raise FenceError(str(error)) from None

    drawn = [{"name": kind, "class": "computed", "validator": validate, "format": render} for kind in COMPUTED]
    return [stepper.fence(language), *drawn]
