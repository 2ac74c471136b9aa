"""Make what readers download smaller, without a change to what they see."""

import re
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

SPACE = re.compile(r"\s*\n\s*")
STATEMENT = re.compile(r"\n(?=(?:\{%.*?%\}|\{#.*?#\})\n)", re.DOTALL)  # what stands alone on its lines
# The theme's palette has rules for forty named colors. The site's own is called `custom`.
NAMED_COLOR = re.compile(r"\[data-md-color-(?:primary|accent)=(?!custom)[\w-]+\][^{}]*\{[^{}]*\}")


def template(source: str) -> str:
    """A template without indentation and empty lines, so that no page has them. What is put into it stays as it is."""
    return STATEMENT.sub("", SPACE.sub("\n", source))


def asset(path: Path, text: str | None = None) -> str:
    """A style sheet or a script without its comments; `text`: what it holds, if that is not what the file does."""
    text = path.read_text("utf-8") if text is None else text
    return cssmin(text) if path.suffix == ".css" else jsmin(text)


def palette(css: str) -> str:
    """The theme's palette without the colors that the site does not use."""
    return NAMED_COLOR.sub("", css)
