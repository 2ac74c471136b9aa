"""Record what a SQLAlchemy Session does, statement by statement, while a program runs.

    import tracer

    source = open("program.py").read()
    recording = tracer.record(source, "program.py")
    print(recording.steps[0].events)
    print(tracer.check(source, recording))  # the checked comments in it that do not hold

Needs only the standard library and SQLAlchemy 2.0 or newer, and runs unchanged in Pyodide. The names below are for
others; the rest may change. `recording.py` documents the data, `facts.py` and `comments.py` the checked comments.
"""

from importlib import import_module
from typing import Any

from tracer.recording import MARK, STATES, Recording, Step, load, loads

__all__ = [
    "MARK",
    "STATES",
    "Recording",
    "Step",
    "check",
    "load",
    "loads",
    "page",
    "record",
    "render_html",
    "render_text",
]
# Imported only for those who ask: a recording is read and drawn without SQLAlchemy.
_LATER = {
    "check": ("tracer.comments", "check"),
    "page": ("tracer.html", "page"),
    "record": ("tracer.program", "record"),
    "render_html": ("tracer.html", "render"),
    "render_text": ("tracer.text", "render"),
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        module, attribute = _LATER[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
