"""Jinja2 as the templates of tables/ use it: escaped, strict, without the white space between tags."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tools.tables import table

SPACE = re.compile(r"(?<=>)(?:\s*\n\s*|  +)|(?:\s*\n\s*|  +)(?=<)")  # of the template: code begins and ends with words


def camel(name: str) -> list[str]:
    """The parts of a name in camel case: a long one may break between them."""
    return re.split(r"(?<=[a-z])(?=[A-Z])", name)


def environment(folder: Path) -> Environment:
    """The environment for the templates of `folder`, which may import macros.html from beside this file."""
    made = Environment(
        loader=FileSystemLoader([folder, Path(__file__).parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"code": table.code, "breakable_code": table.breakable_code}
    made.filters |= {"camel": camel, "code": table.code, "repr": repr}
    return made


def without_space(html: str) -> str:
    """HTML without the ends of lines that only the template has."""
    return SPACE.sub("", html).strip()
