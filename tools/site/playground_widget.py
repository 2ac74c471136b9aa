"""The fence that puts the playground on a page: an editor, buttons, and a place for what comes out.

```playground
start/three_calls Save a row
states/one_object_passes_through_five_states The five object states
```

Each line names a story and gives it a title. The first story is in the editor; a list below leads to all of them.
Without packs (tools/site/playground.py) the fence becomes a
sentence that says how to run a program at home. Without scripts the editor shows the program and nothing is offered.
"""

import json
import tomllib
from html import escape
from typing import Any

from pymdownx.superfences import SuperFencesException

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.site import playground, versions

LEFT_OUT = playground.FOLDER / "left_out.toml"
ROWS = (8, 30)  # of the editor, at least and at most, as in docs/assets/play/editor.js
USAGE = "a line for each: chapter/story Title"


class PlaygroundError(SuperFencesException):
    """A fence that cannot be drawn: one line with the remedy."""


def left_out() -> dict[str, str]:
    """The stories that do not run there, each with the reason. Raises tomllib.TOMLDecodeError."""
    return tomllib.loads(LEFT_OUT.read_text("utf-8"))


def draw(examples: str, language: str) -> str:
    """The playground with these examples, a line each: story, title. Raises PlaygroundError, locale.LocaleError."""
    words = locale.words(language, "playground")
    titles = {name: title.strip() for name, _, title in (line.partition(" ") for line in examples.splitlines() if line)}
    if not titles:
        raise PlaygroundError(f"playground: name an example; write {USAGE}")
    programs = playground.stories()
    for name, title in titles.items():
        if name not in programs:
            raise PlaygroundError(f"playground: there is no story {name} that runs there; write {USAGE}")
        if not title:
            raise PlaygroundError(f"playground: {name} has no title; write {USAGE}")
    if not playground.manifest():
        return f"<p>{escape(words['absent'])}</p>"
    said: dict[str, Any] = {
        "words": words,
        "folder": f"{'../' if language == LANGUAGES[0] else '../../'}{playground.ASSETS}/",  # from the page play/
        "sqlalchemy": versions.sqlalchemy(ROOT)[0],
        "left_out": left_out(),
    }
    data = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    links = "".join(f'<li><a href="#story={name}">{escape(title)}</a></li>' for name, title in titles.items())
    offers = "".join(
        f'<button type="button" class="{name}">{escape(words[name])}</button>'
        for name in ("copy-link", "copy-markdown", "save-program", "save-page")
    )
    shown = programs[next(iter(titles))]
    rows = min(ROWS[1], max(ROWS[0], shown.count("\n") + 2))
    run = words["load"].format(size=playground.megabytes())
    runs = words["runs"].format(python=playground.python(), sqlalchemy=said["sqlalchemy"], size=playground.megabytes())
    return (
        '<link rel="stylesheet" href="../assets/play/play.css">'  # of each language; from the page play/
        f'<div class="playground"><script type="application/json">{data}</script>'
        f'<div class="editor"><textarea aria-label="{escape(words["label"])}" aria-describedby="playground-help" '
        'autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false" wrap="off" '
        f'rows="{rows}">{escape(shown)}</textarea></div>'
        f'<p class="help" id="playground-help">{escape(words["hint"])}</p><p class="note" role="status" hidden></p>'
        f'<div class="controls"><button type="button" class="run" disabled>{escape(run)}</button>'
        '<p class="status" role="status"></p></div>'
        f'<progress class="progress" max="1" aria-label="{escape(words["starting"])}" hidden></progress>'
        f'<div class="result"></div><div class="share">{offers}</div></div>'
        f"<p>{escape(runs)}</p><p>{escape(words['examples'])}</p><ul>{links}</ul>"
    )


def fence(language: str) -> dict[str, object]:
    """The custom fence of pymdownx.superfences for pages in a language."""

    def validate(name, inputs, options, attrs, md) -> bool:
        if inputs:
            raise PlaygroundError(f"playground: takes no options, but {inputs}; write {USAGE}")
        return True

    def render(source, name, css_class, options, md, **more) -> str:
        try:
            return draw(source, language)
        except locale.LocaleError as error:
            raise PlaygroundError(str(error)) from None

    return {"name": "playground", "class": "playground", "validator": validate, "format": render}
