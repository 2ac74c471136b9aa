"""The fences for what programs have computed, drawn while a page is built.

```table name="rollback"
```

```map name="transitions"
What the drawing shows, for those who do not see it.
```

```predict name="marked-add deleted-add pending-add"
Why the first of these cells is as it is. The outcomes of the others are the wrong choices.
```
"""

from __future__ import annotations

from pymdownx.superfences import SuperFencesException

from tools.content.pages import COMPUTED
from tools.tables import cascade_tables, changes, state_matrix, summaries, transition_map
from tools.tables.table import TableError
from tools.tables.told import data


class NotComputed(SuperFencesException):
    """A fence that cannot be drawn: one line with the remedy."""


def draw(kind: str, name: str, text: str, language: str) -> str:
    """What a fence becomes. Raises TableError."""
    try:
        return _drawn(kind, name, text, language)
    except KeyError as error:
        raise TableError(f"{kind} '{name}' shows {error}, which was not computed: run make record") from None


def _drawn(kind: str, name: str, text: str, language: str) -> str:
    if kind == "table":
        return summaries.draw(name, language)
    if kind == "predict":
        return state_matrix.question(name, text, language, state_matrix.Matrix(data(state_matrix.NAME)))
    if name != transition_map.NAME:
        raise TableError(f"there is no map '{name}': name {transition_map.NAME}")
    if not text.strip():
        raise TableError(f"map '{name}' has no words for those who do not see it: write them inside the fence")
    return transition_map.draw(language, " ".join(text.split()))


def anchors(kind: str, name: str) -> set[str]:
    """What links may lead to inside what a fence becomes. Raises TableError."""
    if kind == "table" and name.startswith(changes.NAME):
        return changes.anchors(name)
    if kind == "table" and name.startswith(cascade_tables.NAME):
        return cascade_tables.anchors(name, summaries.data)
    if kind != "table" or not name.startswith(state_matrix.NAME):
        return set()
    return state_matrix.anchors(name, state_matrix.Matrix(data(state_matrix.NAME)))


def fences(language: str) -> list[dict[str, object]]:
    """The custom fences of pymdownx.superfences for pages in a language."""

    def validate(kind, inputs, options, attrs, md) -> bool:
        if set(inputs) != {"name"}:
            raise NotComputed(f'{kind}: takes a name and nothing else, not {inputs}; write ```{kind} name="…"')
        options.update(inputs)
        return True

    def render(source, kind, css_class, options, md, **more) -> str:
        try:
            return draw(kind, options["name"], source, language)
        except TableError as error:
            raise NotComputed(str(error)) from None

    return [{"name": kind, "class": "computed", "validator": validate, "format": render} for kind in COMPUTED]
