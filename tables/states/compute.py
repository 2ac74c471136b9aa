"""What each operation does to an object in each state: ten starting points, thirty operations, every cell run.

Each cell is a program of a few lines, run by itself: SETUP, the lines of a starting point, then one operation.
"""

from __future__ import annotations

import json
from typing import Any

from snippets.library import Base, empty_tables, engine
from tools.run import watch

IMPORTS = "from snippets.library import Author, Book, engine\n"

# One row, Ursula with the key 1, is in the table before each program.
SETUP = """\
import pickle
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, make_transient
from sqlalchemy.orm import make_transient_to_detached

session, other = Session(engine), Session(engine)
everyone = select(Author).order_by(Author.id)
fresh = everyone.execution_options(populate_existing=True)
rename = update(Author).where(Author.id == 1).values(name="Zadie")
remove = delete(Author).where(Author.id == 1)
"""

STARTS = {
    "transient": ("transient", 'author = Author(name="Toni")'),
    "pending": ("pending", 'author = Author(name="Toni")\nsession.add(author)'),
    "persistent": ("persistent", "author = session.get(Author, 1)"),
    "modified": ("persistent, modified", 'author = session.get(Author, 1)\nauthor.name = "Toni"'),
    "expired": ("persistent, expired", "author = session.get(Author, 1)\nsession.commit()"),
    "row-gone": (
        "persistent, row gone",
        "author = session.get(Author, 1)\nsession.commit()\nother.execute(remove)\nother.commit()",
    ),
    "marked": ("persistent, marked", "author = session.get(Author, 1)\nsession.delete(author)"),
    "deleted": ("deleted", "author = session.get(Author, 1)\nsession.delete(author)\nsession.flush()"),
    "detached": ("detached", "author = session.get(Author, 1)\nsession.close()"),
    "detached-expired": ("detached, expired", "author = session.get(Author, 1)\nsession.commit()\nsession.close()"),
}

OPERATIONS = {
    "add": "session.add(author)",
    "delete": "session.delete(author)",
    "merge": "copy = session.merge(author)",
    "merge-twin": "copy = session.merge(Author(id=1, name='Zadie'))",
    "expunge": "session.expunge(author)",
    "expire": "session.expire(author)",
    "refresh": "session.refresh(author)",
    "flush": "session.flush()",
    "commit": "session.commit()",
    "rollback": "session.rollback()",
    "begin-nested": "session.begin_nested()",
    "close": "session.close()",
    "expunge-all": "session.expunge_all()",
    "expire-all": "session.expire_all()",
    "get": "found = session.get(Author, 1)",
    "select": "found = session.scalars(everyone).all()",
    "select-fresh": "found = session.scalars(fresh).all()",
    "update": "session.execute(rename)",
    "remove": "session.execute(remove)",
    "is-modified": "print(session.is_modified(author))",
    "relationship-loading": "session.enable_relationship_loading(author)",
    "read": "print(author.name)",
    "set": "author.name = 'Zadie'",
    "read-books": "print(author.books)",
    "append-book": "author.books.append(Book(title='Earthsea'))",
    "make-transient": "make_transient(author)",
    "make-detached": "make_transient_to_detached(author)",
    "pickle": "copy = pickle.loads(pickle.dumps(author))",
    "add-elsewhere": "other.add(author)",
    "merge-elsewhere": "copy = other.merge(author)",
}


def compute() -> dict[str, Any]:
    """The programs, and every cell by starting point and operation."""
    empty_tables()
    with engine.begin() as connection:  # the database counts on from here: its next key is not Ursula's
        connection.execute(Base.metadata.tables["author"].insert().values(name="Nobody"))
    return {
        "setup": SETUP,
        "starts": {name: {"title": title, "code": code} for name, (title, code) in STARTS.items()},
        "operations": OPERATIONS,
        "cells": watch.table(STARTS, OPERATIONS, cell),
    }


def cell(start: str, operation: str) -> dict[str, Any]:
    """Run one cell's program and say what its last line did.

    `before`, `after`: the object's state; id and name, where they are loaded; `expired`: which of the two; `listed`:
    in which of a Session's collections it stands. `sent`; `events`: its changes of state; `others`: the names that
    another connection sees, where they changed; `copy`, `found`: what the variable holds, a list of objects or one;
    `prints`, `error`, `warning`.
    """
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(Base.metadata.tables["author"].insert().values(id=1, name="Ursula"))
    code = OPERATIONS[operation]
    setup = f"{IMPORTS}{SETUP}engine.connect().close()\n{STARTS[start][1]}"
    before, events, after = watch.recorded(setup, code)
    label = after["names"]["<module>"]["author"].removeprefix("→")
    told: dict[str, Any] = {"before": _object(before, label), "after": _object(after, label)}
    if sent := list(watch.sent(events)):
        told["sent"] = sent
    if fired := [event["change"] for event in events if event["event"] == "state" and label in event["objects"]]:
        told["events"] = fired
    seen, others = ([row[1] for row in state["tables"]["author"]] for state in (before, after))
    if seen != others:
        told["others"] = others
    trouble = watch.trouble(events)
    variable = code.partition(" = ")[0]
    if variable in ("copy", "found") and "error" not in trouble:
        held = after["names"]["<module>"].get(variable, [] if code.endswith(".all()") else None)
        many = isinstance(held, list)
        told[variable] = [_held(after, one, label) for one in held] if many else _held(after, held, label)
    if printed := "".join(event["text"] for event in events if event["event"] == "output"):
        told["prints"] = printed.rstrip()
    return told | trouble


def _object(state: dict[str, Any], label: str) -> dict[str, Any]:
    author = state["objects"][label]
    told = {"state": author["state"]} | {
        key: author["values"][key] for key in ("id", "name") if key in author["values"]
    }
    if expired := [key for key in ("id", "name") if key in author.get("expired", ()) and key not in told]:
        told["expired"] = expired
    sessions = [session for session in state.get("sessions", {}).values() if session]
    if listed := [kind for kind in ("new", "dirty", "deleted") if any(label in session[kind] for session in sessions)]:
        told["listed"] = listed
    return told


def _held(state: dict[str, Any], reference: str | None, label: str) -> str | dict[str, Any] | None:
    """`author`, or what another object is like; None for None."""
    if reference is None:
        return None
    other = reference.removeprefix("→")
    return "author" if other == label else _object(state, other)


if __name__ == "__main__":
    print(json.dumps(compute(), indent=1, ensure_ascii=False))
