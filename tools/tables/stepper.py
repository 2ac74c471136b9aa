"""The fence that lets the reader step through a story: drawn from its recording while a page is built.

```steps story="chapter/story.py"
```

```steps story="chapter/story.py" open="session.flush()" nth="2"
```

With `open` the stepper opens at the stop of that line of the story; `nth` says which of its runs, or of the lines that
read so. It may stand anywhere on the page, and does not need the story's blocks.

A story that declares that it differs elsewhere (tools/run/markers.py) has a tab for each place; so has one that needs a
server, for each database on which it was recorded, which its caption names.
"""

from __future__ import annotations

from pathlib import Path

from pymdownx.superfences import SuperFencesException

from tools.content import locale
from tools.content.repository import ROOT
from tools.run import compare, markers, variants
from tools.tables import programs, table
from tracer import assets, html, load
from tracer.locale import words as tracer_words

SNIPPETS = ROOT / "snippets"
PLACES = {"sqlalchemy-2.0": "SQLAlchemy 2.0", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}
# What pages load: style and script, in their language; then what a reader asks for.
ASSETS = (
    "stepper.css",
    *(f"stepper.{language}.js" for language in assets.LANGUAGES),
    "predict.js",
    *programs.LIBRARIES,
)
USAGE = '```steps story="chapter/story.py" [open="session.flush()" [nth="2"]]'


def asset(name: str) -> str:
    """The text of one of ASSETS, as it is published but for its comments."""
    if name in programs.LIBRARIES:
        return programs.library(name)
    if name == "stepper.css":
        return assets.style()
    return assets.predict() if name == "predict.js" else assets.script((name.split(".")[1],))


class NoSteps(SuperFencesException):
    """A fence that cannot be drawn: one line with the remedy."""


def draw(story: str, language: str = "en", opening: str = "", nth: int = 1) -> str:
    """The stepper of a story, named as in the fence, or one for each place where it was recorded for itself.

    `opening`: the line of code at whose `nth` stop it opens; by default the one where most happens. Raises NoSteps.
    """
    path = SNIPPETS / story
    if path.suffix != ".py" or not path.is_file():
        raise NoSteps(f"steps: there is no story snippets/{story}; write {USAGE}")
    source = path.read_text("utf-8")
    try:
        said = markers.read(path)
        if said.not_recorded:
            raise NoSteps(f"steps: snippets/{story} is not recorded: show it as a block, without this fence")
        if not said.needs and not said.differs:
            return _stepper(story, path, "", source, language, opening, nth)
        tabs = dict(_tabs(story, path, said, source, language, opening, nth))
    except (markers.MarkerError, table.TableError, locale.LocaleError) as error:
        raise NoSteps(f"steps: {error}") from None
    return _tabbed(path.stem, tabs) if len(tabs) > 1 else next(iter(tabs.values()))


def _stepper(story: str, path: Path, place: str, source: str, language: str, opening: str, nth: int) -> str:
    recorded = variants.recordings(path)
    own = recorded.get(place) or variants.main_recording(path)
    command = f"run make record STORY={story}" + (f" on {PLACES[place]}" if place in PLACES else "")
    try:
        recording = load(own)
    except FileNotFoundError:
        raise NoSteps(f"steps: snippets/{story} has no recording {own.name}; {command}") from None
    except (OSError, ValueError) as error:
        raise NoSteps(f"steps: {error}; {command}") from None
    main = own == variants.main_recording(path)
    at = _opening(story, html.stops(recording, source), opening, nth, strict=main) if opening else 0
    name = path.stem if main else f"{path.stem}-{place}"
    program, library = programs.program(source)
    return html.render(recording, source, language, name, at, program, library)


def _said(reason: str, language: str) -> str:
    """Why a story differs, in a language. Raises TableError."""
    words = locale.words(language, "differs")
    if reason not in words:
        raise table.TableError(f"locale/{language}.toml: has no line for '{reason}': add it below [differs]")
    return words[reason]


def _opening(story: str, stops: list[tuple[int, str]], opening: str, nth: int, strict: bool) -> int:
    """The number of the stop that is asked for. Where a story goes another way it may be missing, if not `strict`."""
    found = [
        number for number, (_, code) in enumerate(stops, 1) if opening in (code.strip(), code.strip().split("\n")[0])
    ]
    if len(found) >= nth:
        return found[nth - 1]
    if not strict:
        return 0
    if found:
        raise NoSteps(f'steps: open="{opening}" nth="{nth}": it has {len(found)} such stops in snippets/{story}')
    raise NoSteps(f'steps: open="{opening}" is no line of snippets/{story} that ran: write it as it stands there')


def _tabs(story: str, path: Path, said: markers.Markers, source: str, language: str, opening: str, nth: int):
    """The title and the content of each tab: where the story was recorded, why that is said, and its stepper."""

    def drawn(place: str) -> str:
        return _stepper(story, path, place, source, language, opening, nth)

    for place in said.needs:
        note = locale.words(language, "stepper")["needs"].format(database=PLACES[place])
        yield PLACES[place], f"<p>{note}</p>{drawn(place)}"
    if said.needs:
        return
    versions = [place.startswith("sqlalchemy-") for place in said.differs]
    here = [*["SQLite"] * (not all(versions)), *["SQLAlchemy 2.1"] * any(versions)]
    yield ", ".join(here), drawn("")
    reasons = {place: _said(reason, language) for place, reason in said.differs.items()}
    try:
        groups = compare.alike(path)
    except FileNotFoundError as error:
        name = Path(error.filename).name
        raise NoSteps(f"steps: snippets/{story} has no recording {name}; run make record STORY={story} there") from None
    except ValueError as error:
        raise NoSteps(f"steps: {error}; run make record STORY={story} there") from None
    for places in groups:
        reason = reasons[places[0]]
        note = f"{reason[:1].upper()}{reason[1:]}{tracer_words(language)['stop']}"
        yield _titles(places, language), f"<p>{table.marked(note, language)}</p>{drawn(places[0])}"


def _titles(places, language: str) -> str:
    """The names of the places, as a list of the language."""
    names = [PLACES[part] for place in places for part in place.split("+")]
    return locale.words(language, "stepper")["comma"].join(names)


def _tabbed(name: str, tabs: dict[str, str]) -> str:
    """The steppers of all places in the markup of pymdownx.blocks.tab, which the theme knows."""
    group = f"places-{name}"
    inputs = labels = ""
    for number, title in enumerate(tabs):
        checked = "" if number else " checked"
        inputs += f'<input type="radio" id="{group}-{number}" name="{group}"{checked}>'
        labels += f'<label for="{group}-{number}">{title}</label>'
    blocks = "".join(f'<div class="tabbed-block">{block}</div>' for block in tabs.values())
    return (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="1:{len(tabs)}">{inputs}'
        f'<div class="tabbed-labels">{labels}</div>'
        f'<div class="tabbed-content">{blocks}</div></div>'
    )


def fence(language: str) -> dict[str, object]:
    """The custom fence of pymdownx.superfences for pages in a language."""

    def validate(name, inputs, options, attrs, md) -> bool:
        given = set(inputs)
        if "story" not in given or given - {"story", "open", "nth"}:
            raise NoSteps(f"steps: takes a story, and where it opens, not {inputs}; write {USAGE}")
        if "nth" in given and ("open" not in given or not str(inputs["nth"]).isdecimal() or int(inputs["nth"]) < 1):
            raise NoSteps(f"steps: nth is a number from 1, beside open; write {USAGE}")
        options.update(inputs)
        return True

    def render(source, name, css_class, options, md, **more) -> str:
        return draw(options["story"], language, options.get("open", ""), int(options.get("nth", 1)))

    return {"name": "steps", "class": "stepper", "validator": validate, "format": render}
