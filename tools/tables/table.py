"""What tables of every kind draw alike: `code`, badges of {states}, and phrases that hold both."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tools.content.repository import ROOT
from tracer.locale import words
from tracer.recording import STATES

MARK = re.compile(r"`([^`]+)`|\{(\w+)\}")


class TableError(Exception):
    """A table that cannot be drawn: one line that names the file and the remedy."""


def shown(path: Path) -> str:
    """A path as messages show it: from the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else "/".join(path.parts[-3:])


def parsed(path: Path, parse: Callable[[str], Any]) -> Any:
    """What `parse` makes of a file, made again only when the file has changed. Shared: not to be altered."""
    return _parsed(path, parse, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=128)
def _parsed(path: Path, parse: Callable[[str], Any], changed: int) -> Any:
    return parse(path.read_text("utf-8"))


def state_name(state: str, language: str) -> str:
    """What a state is called in a language."""
    return words(language)[state]


def badge(state: str, language: str) -> Markup:
    """A state's name in its color and shape, which the style sheet gives it."""
    return Markup(f'<b class="state-{state}">{escape(state_name(state, language))}</b>')


def code(text: object) -> Markup:
    """Code that breaks nowhere but at its spaces and ends of lines."""
    return Markup(f"<code>{escape(str(text), quote=False)}</code>")


def breakable_code(text: object) -> Markup:
    """Code that may break after _ and ( and a dot too."""
    return Markup("<code>" + re.sub(r"([_(.])(?=\w)", r"\1<wbr>", escape(str(text), quote=False)) + "</code>")


def marked(phrase: str, language: str) -> Markup:
    """A phrase as HTML: code, badges, text. Raises TableError for a state that there is not."""
    drawn: list[str] = []
    at = 0
    for match in MARK.finditer(phrase):
        drawn.append(escape(phrase[at : match.start()], quote=False))
        if match[1]:
            drawn.append(breakable_code(match[1]))
        elif match[2] in STATES:
            drawn.append(badge(match[2], language))
        else:
            raise TableError(f"'{phrase}': there is no state '{match[2]}'; name one of {', '.join(STATES)}")
        at = match.end()
    return Markup("".join(map(str, [*drawn, escape(phrase[at:], quote=False)])))
