"""The fence that lets the reader step through a story: drawn from its recording while a page is built.

```steps story="chapter/story.py"
```

A story that declares that it differs elsewhere (tools/run/variants.py) has a tab for each place.
"""

from __future__ import annotations

from pathlib import Path

from pymdownx.superfences import SuperFencesException

from tools.content.repository import ROOT, SUFFIX
from tools.run import variants
from tools.tables import table
from tracer import html, recording

SNIPPETS = ROOT / "snippets"
STATIC = html.STATIC
PLACES = {"sqlalchemy-2.0": "SQLAlchemy 2.0", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
ASSETS = ("stepper.css", "stepper.js")  # what every page loads


class NoSteps(SuperFencesException):
    """A fence that cannot be drawn: one line with the remedy."""


def draw(story: str, language: str = "en") -> str:
    """The stepper of a story, named as in the fence, or one for each place where it differs. Raises NoSteps."""
    path = SNIPPETS / story
    if path.suffix != ".py" or not path.is_file():
        raise NoSteps(f'steps: there is no story snippets/{story}; write ```steps story="chapter/story.py"')
    source = path.read_text("utf-8")
    drawn = _stepper(story, path.with_suffix(SUFFIX), source, language, path.stem)
    return _tabs(story, drawn, source, language) if "# differs on " in source else drawn


def _stepper(story: str, path: Path, source: str, language: str, name: str) -> str:
    try:
        recorded = recording.load(path)
    except FileNotFoundError:
        raise NoSteps(f"steps: snippets/{story} has no recording; run make record STORY={story}") from None
    except (OSError, ValueError) as error:
        raise NoSteps(f"steps: {error}; run make record STORY={story}") from None
    return html.render(recorded, source, language, name)


def _tabs(story: str, drawn: str, source: str, language: str) -> str:
    """The steppers of all places in the markup of pymdownx.blocks.tab, which the theme knows."""
    path = SNIPPETS / story
    try:
        reasons = variants.declared(path)
        said = {place: table.said(reason, language, "differs") for place, reason in reasons.items()}
        groups = variants.alike(path)
    except FileNotFoundError as error:
        name = Path(error.filename).name
        raise NoSteps(f"steps: snippets/{story} has no recording {name}; run make record STORY={story} there") from None
    except (variants.DeclarationError, table.TableError) as error:
        raise NoSteps(f"steps: {error}") from None
    versions = [place.startswith("sqlalchemy-") for place in reasons]
    here = [*["SQLite"] * (not all(versions)), *["SQLAlchemy 2.1"] * any(versions)]
    tabs = {", ".join(here): drawn}
    for places in groups:
        place = places[0]
        other = variants.variants(path)[place]
        title = ", ".join(PLACES[part] for place in places for part in place.split("+"))
        reason = f"{said[place][:1].upper()}{said[place][1:]}{'。' if language == 'zh' else '.'}"
        stepper = _stepper(story, other, source, language, f"{path.stem}-{place}")
        tabs[title] = f"<p>{table.marked(reason, language)}</p>{stepper}"
    group = f"places-{path.stem}"
    inputs = labels = ""
    for number, title in enumerate(tabs):
        checked = "" if number else " checked"
        inputs += f'<input type="radio" id="{group}-{number}" name="{group}"{checked}>'
        labels += f'<label for="{group}-{number}">{title}</label>'
    blocks = "".join(f'<div class="tabbed-block">{block}</div>' for block in tabs.values())
    return (
        f'<div class="tabbed-set tabbed-alternate">{inputs}<div class="tabbed-labels">{labels}</div>'
        f'<div class="tabbed-content">{blocks}</div></div>'
    )


def fence(language: str) -> dict[str, object]:
    """The custom fence of pymdownx.superfences for pages in a language."""

    def validate(name, inputs, options, attrs, md) -> bool:
        if set(inputs) != {"story"}:
            raise NoSteps(
                f'steps: takes a story and nothing else, not {inputs}; write ```steps story="chapter/story.py"'
            )
        options.update(inputs)
        return True

    def render(source, name, css_class, options, md, **more) -> str:
        return draw(options["story"], language)

    return {"name": "steps", "class": "stepper", "validator": validate, "format": render}
