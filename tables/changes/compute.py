"""What the programs of changes.toml do under the installed SQLAlchemy: SQL, warnings, errors, a value."""

from __future__ import annotations

import ast
import gc
import json
import re
import tomllib
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert
from sqlalchemy.exc import SADeprecationWarning, SAPendingDeprecationWarning, SAWarning
from sqlalchemy.orm import Session, close_all_sessions

from snippets.library import Author, Base, Book
from tools.run import watch
from tracer import statements

LIST = Path(__file__).with_name("changes.toml")
NAMES = "from sqlalchemy import *\nfrom sqlalchemy.orm import *\nfrom sqlalchemy.orm import Session, mapper\n"
NAMES += "from sqlalchemy import event\nfrom snippets.library import Author, Base, Book, Tag\n"
OURS = (SAWarning, SADeprecationWarning, SAPendingDeprecationWarning)
LINK = re.compile(r"\s*\(Background on [^)]*\)")
# What is another each time: the place of a file or in memory, and entities in the order of a set.
PLACE = re.compile(r" \(/[^)]*\)| at 0x[0-9a-f]+| \(Mapper\[.*\]\)")

Outcome = list[dict[str, str]]


def compute(path: Path = LIST) -> dict[str, dict[str, Outcome]]:
    """What each program of the list did, by kind and id: `code`, or `old` and `new`."""
    computed: dict[str, dict[str, Any]] = {}
    for kind, entries in tomllib.loads(path.read_text("utf-8")).items():
        computed[kind] = {}
        for entry in entries:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                done = {part: run(entry[part], entry) for part in ("code", "old", "new") if part in entry}
                if entry.get("quiet"):
                    gc.collect()  # a coroutine that nobody awaited says so when it is collected
            if done:
                computed[kind][entry["id"]] = done
    return computed


def run(code: str, entry: dict[str, Any]) -> Outcome:
    """Run a few lines on a database of their own; what they did, in order.

    Each is {"sql": verb and table, or all of it}, {"warning": category, "message"}, {"error": type, "message"} or
    {"value": its repr}.
    """
    outcome: Outcome = []
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Author).values(id=1, name="Ursula"))
        connection.execute(insert(Book).values(id=1, title="Earthsea", author_id=1))
    scope: dict[str, Any] = {"__name__": "changes"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(NAMES, scope)
    scope |= {"engine": engine, "session": Session(engine)}
    lines = ast.parse(code)
    last = lines.body.pop() if isinstance(lines.body[-1], ast.Expr) else None

    def note_sql(sql: str, parameters: Any) -> None:
        sql = " ".join(sql.split())
        if not entry.get("quiet") and statements.verb(sql) not in ("PRAGMA", "CREATE TABLE"):
            outcome.append({"sql": sql if entry.get("statements") else statements.summary(sql)})

    def note_warning(message: Any, category: type, *rest: Any) -> None:
        if issubclass(category, OURS):
            outcome.append({"warning": category.__name__, "message": shown(message)})

    try:
        with watch.statements(note_sql), warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = note_warning  # type: ignore[assignment]
            exec(compile(lines, "change.py", "exec", dont_inherit=True), scope)
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "change.py", "eval", dont_inherit=True), scope)
                if value is not None or not isinstance(last.value, ast.Call):
                    outcome.append({"value": PLACE.sub("", repr(value))})
    except Exception as error:
        outcome.append({"error": type(error).__name__, "message": shown(error)})
    finally:
        close_all_sessions()
        engine.dispose()
    return outcome


def shown(message: Any) -> str:
    """A message on one line, without addresses of memory, files and pages."""
    return PLACE.sub("", LINK.sub("", " ".join(str(message).split())))


if __name__ == "__main__":
    print(json.dumps(compute(), indent=1, ensure_ascii=False))
