"""Record what a SQLAlchemy Session does, statement by statement, while a program runs.

    from tracer import record

    recording = record(open("program.py").read(), "program.py")
    print(recording.steps[0].events)

Needs only the standard library and SQLAlchemy 2.0 or newer, and runs unchanged in Pyodide. `recording.py` documents
the data, `facts.py` the checked comments, `text.py` and `html.py` draw a recording, `python -m tracer` does it all.
"""

from typing import Any

from tracer.recording import Recording, Step

__all__ = ["Recording", "Step", "record"]


def __getattr__(name: str) -> Any:
    """Import SQLAlchemy only for those who record: a recording is read and drawn without it."""
    if name == "record":
        from tracer.program import record

        return record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
