"""Recorded values, written as Python would write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tracer.recording import ARROW

MAX_TEXT = 60


def short(text: str, length: int = MAX_TEXT) -> str:
    """`text`, with an ellipsis where it is cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def python(value: Any, name: Callable[[str], str]) -> str:
    """A recorded value as Python would write it, mapped objects by the name that `name` gives to their label."""
    if isinstance(value, str):
        if value.startswith(ARROW):
            return name(value[len(ARROW) :])
        return value if value.startswith("<") and re.fullmatch(r"<[\w ]+>", value) else repr(short(value))
    if isinstance(value, list):
        if len(value) > 6:
            return f"[{', '.join(python(item, name) for item in value[:4])}, … {len(value)}]"
        return f"[{', '.join(python(item, name) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {python(item, name)}" for key, item in value.items()) + "}"
    return short(repr(value))
