"""The data model of a recording, and how it is written to a file and read again.

A file is JSON lines: a head, then one line for each step, so that a changed step is one changed line in a diff.

Labels name what has no name of its own, in the order of first sight: objects `Author#1`, Sessions `s1`, the pool's
connections `c1`. A value that is a mapped object is written `→Author#1`, a Session `→s1`.

**Events** happened in this order while the step ran; each is a dict whose `event` is one of:

    sql         connection, session, sql, parameters; rows (affected, where the driver counts them), many (executemany),
                reason, error (type of the driver's exception), wrote
                reason: flush | autoflush | commit | begin_nested (who flushed) | query | statement | refresh
                        | lazy load Author.books | eager load Author.books; none for Core without a Session
                wrote: the rows that it wrote, or with an error those that it was to write: of each its table,
                       key (the primary key, where it is known) and values (column → what was sent, if no expression).
                       Rows of which no more is known are one without a key, with a count if that is known.
                       None for textual SQL
    begin, commit, rollback          connection, session; what SQLAlchemy does with the transaction
                unsent: True where the driver sends no COMMIT or ROLLBACK, because the database has no transaction open
    checkout, checkin, invalidate    connection, session; what happens in the pool
    state       change (transient_to_pending …, the name of SQLAlchemy's event), objects
    expire, refresh                  objects, attributes (none: all)
                If there are very many objects, the first of them, and `count`, how many there are
    output      text
    warning     category, text
    exception   type, message (its first line), cause (type of the driver's exception)

**Changes** map a kind to the values that are new since the step before; None says that the thing is gone:

    objects      label → state, session, key (primary key), values (loaded), expired, unloaded (attribute names),
                 modified (attribute → {"added": […], "deleted": […]}); None: garbage collected.
                 At most 100 of a class at a time: those that were there first
    sessions     label → new, dirty, deleted, map (labels; if not all of its objects are listed above, those that are
                 and then how many there are), transaction (None | begun | nested, "…, inactive")
    connections  label → pooled | idle | open | failed (the driver's transaction) | taken (the driver cannot tell)
                 | invalidated (thrown away, not in the pool)
    names        function → {variable: "→Author#1"}; lists of objects too
    tables       table → rows that another connection sees, if there are many the first of them and then how many there
                 are; "*" → why it could not read

Where a step has very many events that are alike, the last of them has `times`: it stands for so many.

The `session` of an event is the Session whose connection it is; none for Core without a Session.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 2
MODULE = "<module>"
MARK = "# --- story"  # what stands above this line of a program runs, but is not recorded
ARROW = "→"
STATES = ("transient", "pending", "persistent", "deleted", "detached")  # of an object, as SQLAlchemy names them
UNUSED = ("pooled", "invalidated", None)  # what becomes of a connection that nobody uses any more
State = dict[str, dict[str, Any]]  # kind → name → value


@dataclass
class Step:
    """One statement of the program, or the part of it that ran after a nested statement.

    `lines`: first and last line, from 1; of a compound statement only its header.
    `kind`: statement, assert, with, for, while, if, match, except, class; then exit (the end of a statement in which
    others ran) or resume (a part between two of those).
    `depth`: how many recorded statements are around it; `function` and `task` (thread or asyncio task) where it ran.
    `sessions`: the labels of the Sessions that it used.
    `file`: the file of its lines, if not the program's own. `times`: it stands for so many turns of a loop, one like
    the other, of which it is the first; what they changed is among its changes or those of the last step before others.
    """

    lines: tuple[int, int]
    kind: str
    depth: int = 0
    function: str = MODULE
    task: str = ""
    file: str = ""
    times: int = 1
    sessions: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    changes: State = field(default_factory=dict)


@dataclass
class Recording:
    """What one run did. `initial` holds what there was when recording began, in the form of a step's changes.

    `database`, `sqlalchemy` and `python` say what made it. `uncaught`: the exception that ended the program.
    `stopped`: why recording stopped before the program did: steps (there were too many) | size (they said too much) |
    deadline (it took longer than the seconds in `deadline`, 0 for no limit). `no_witness`: why there is no other
    connection.
    `classes`: class → the tables of its objects, that of the identity's key first. `tables`: table → its `columns` and
    its `key` (the columns of the primary key), in the order of `MetaData.sorted_tables`; then those that no metadata
    has, without a key.
    `source`: a hash of the program's text, where whoever keeps the recording wants to know whether it is of that text.
    `no_session`: the program used none (not kept in a file).
    `tracer_errors`: what failed in the tracer itself; empty unless it has a bug.
    """

    program: str
    sqlalchemy: str
    python: str
    database: str = ""
    uncaught: str = ""
    stopped: str = ""
    deadline: float = 0
    no_witness: str = ""
    source: str = ""
    no_session: bool = False
    tracer_errors: list[str] = field(default_factory=list)
    classes: dict[str, list[str]] = field(default_factory=dict)
    tables: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    initial: State = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def states(self) -> Iterator[State]:
        """The whole state after each step: `initial` with all changes so far. Do not keep or change what is yielded."""
        state = {kind: dict(values) for kind, values in self.initial.items()}
        for step in self.steps:
            for kind, values in step.changes.items():
                state.setdefault(kind, {}).update(values)
            yield state

    def dumps(self) -> str:
        """The text of the file: a head, then a line a step."""
        head = {"format": FORMAT, **_filled(self, without=("steps", "no_session"))}
        lines = [head, *(_filled(step) for step in self.steps)]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def rows_of(seen: Any) -> list[list[Any]]:
    """The rows that another connection sees in a table, as far as they are recorded."""
    return [row for row in seen if isinstance(row, list)] if isinstance(seen, list) else []


def row_count(seen: list[Any]) -> int:
    """How many rows another connection sees in a table, or objects a Session holds."""
    return seen[-1] if seen and isinstance(seen[-1], int) else len(seen)


def _filled(thing: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields that say something: not those that still have their default."""
    said = {}
    for item in dataclasses.fields(thing):
        value = getattr(thing, item.name)
        default = (
            item.default_factory()
            if item.default is dataclasses.MISSING and callable(item.default_factory)
            else item.default
        )
        if item.name not in without and value != default:
            said[item.name] = value
    return said


def loads(text: str, path: str = "recording") -> Recording:
    """Read what `Recording.dumps` wrote. Raises ValueError, in one line that names `path`."""
    try:
        head, *steps = [json.loads(line) for line in text.rstrip("\n").split("\n")]
        if (written := head.pop("format")) != FORMAT:
            raise ValueError(f"of format {written}, and this tracer reads {FORMAT}: record the program again")
        return Recording(**head, steps=[Step(**{**step, "lines": tuple(step["lines"])}) for step in steps])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{path}: not a recording ({error})") from None


def load(path: Path) -> Recording:
    """Read a file. Raises ValueError for one that is not a recording, OSError for one that cannot be read."""
    return loads(path.read_text("utf-8"), "/".join(path.parts[-3:]))  # not where this machine keeps it
