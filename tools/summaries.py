"""Which computed tables there are, and where their cells come from: recordings of stories, and data of references.

A cell is read from a step of a recording, named by its story and its line of code. A story that no longer has the
line, a recording that no longer fits its story, data that are missing: each is a TableError, one line.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import cascade_tables, change_list, isolation_tables, loading_tables, reference_tables, state_matrix
from tools.tables import ROOT, Table, TableError, html, parsed
from tracer import statements
from tracer.recording import ARROW, MODULE, STATES, Recording, Step, load

SNIPPETS = ROOT / "snippets"
NOTHING = "nothing"
FLUSHES = ("flush", "autoflush", "commit", "savepoint", "begin_nested")  # reasons of a statement


# Reading.


class Told:
    """A story and its recording: the one of `place`, as tools.comparison says it, if it differs there."""

    def __init__(self, name: str, snippets: Path = SNIPPETS, place: str = "") -> None:
        self.name = name
        story = snippets / name
        try:
            self.lines = story.read_text("utf-8").splitlines()
        except OSError:
            raise TableError(f"snippets/{name}: is read by a table and is gone; mend tools/summaries.py") from None
        try:
            there = story.with_suffix(f".{place}.trace.jsonl")
            self.recording: Recording = load(there if there.exists() else story.with_suffix(".trace.jsonl"))
        except OSError:
            raise TableError(f"snippets/{name}: has no recording; run make record STORY={name}") from None
        except ValueError as error:
            raise TableError(str(error)) from None

    def at(self, code: str, nth: int = 1) -> Moment:
        """The nth time that this line of code runs."""
        line = self._line(code, nth)
        before: dict[str, dict[str, Any]] = self.recording.initial
        found: list[Step] = []
        earlier = after = before
        for step, state in zip(self.recording.steps, self.recording.states(), strict=True):
            now = {kind: dict(values) for kind, values in state.items()}
            if step.lines[0] == line:
                earlier = earlier if found else before
                found.append(step)
                after = now
            before = now
        if not found:
            raise TableError(
                f"snippets/{self.name}:{line}: '{code}' is not in the recording; run make record STORY={self.name}"
            )
        return Moment(f"snippets/{self.name}:{line}", found, earlier, after)

    def _line(self, code: str, nth: int) -> int:
        numbers = [number for number, line in enumerate(self.lines, 1) if line.strip() == code]
        if len(numbers) < nth:
            times = f"{nth} times" if nth > 1 else "any more"
            raise TableError(f"snippets/{self.name}: does not say '{code}' {times}; mend tools/summaries.py")
        return numbers[nth - 1]


class Moment:
    """What a line of code did."""

    def __init__(self, where: str, steps: list[Step], before: dict, after: dict) -> None:
        self.where, self.steps, self.before, self.after = where, steps, before, after

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for step in self.steps for event in step.events]

    @property
    def sent(self) -> list[str]:
        """The statements, by verb and table; without BEGIN, which comes with the first of a transaction."""
        said = []
        for event in self.events:
            if event["event"] == "sql":
                said.append(statements.summary(event["sql"]))
            elif event["event"] in ("commit", "rollback"):
                said.append(event["event"].upper())
        return said

    @property
    def flushes(self) -> bool:
        """Whether a flush wrote something."""
        sent = [event for event in self.events if event["event"] == "sql" and event.get("reason") in FLUSHES]
        return any(statements.verb(event["sql"]) in statements.WRITES for event in sent)

    @property
    def raised(self) -> str:
        return next((event["type"] for event in self.events if event["event"] == "exception"), "")

    def _named(self, variable: str, state: dict) -> str:
        value = state.get("names", {}).get(MODULE, {}).get(variable)
        if not isinstance(value, str):
            raise TableError(f"{self.where}: '{variable}' is not recorded there; mend tools/summaries.py")
        return value.removeprefix(ARROW)

    def object(self, variable: str, before: bool = False) -> dict[str, Any]:
        """The object that a variable held, after the line or before it."""
        label = self._named(variable, self.after)
        return (self.before if before else self.after)["objects"][label] or {}

    def session(self, variable: str) -> dict[str, Any]:
        return self.after["sessions"][self._named(variable, self.after)]

    def holds(self, session: str, variable: str) -> bool:
        """What `variable in session` would say."""
        held = self.session(session)
        return self._named(variable, self.after) in held["new"] + held["map"]

    def others_see(self, table: str) -> int:
        return len(self.after["tables"][table])


def data(name: str, snippets: Path = SNIPPETS) -> Any:
    """What the program snippets/reference/<name>.py has computed."""
    path = f"snippets/reference/{name}.json"
    try:
        return parsed(snippets / "reference" / f"{name}.json", json.loads)
    except OSError:
        raise TableError(f"{path}: is missing; run make record STORY=reference/{name}") from None
    except ValueError as error:
        raise TableError(f"{path}: is no JSON ({error}); run make record STORY=reference/{name}") from None


# The tables.


def _sent(moment: Moment) -> str:
    """How a cell says what was sent."""
    wrote = [line for line in moment.sent if line.split()[0] in statements.WRITES]
    ends = [line for line in moment.sent if line in ("COMMIT", "ROLLBACK")]
    if wrote and ends:
        return f"sent, then `{ends[-1]}`"
    return "sent" if wrote else f"`{ends[-1]}` alone" if ends else NOTHING


def _either(value: object, yes: str, no: str) -> str:
    return yes if value else no


def flush_versus_commit() -> Table:
    shown = Told("flush_and_commit/only_commit_shows_a_row.py")
    sends = Told("flush_and_commit/a_flush_sends_what_has_changed.py")
    empty = Told("flush_and_commit/with_nothing_to_send_nothing_is_sent.py")
    waits = Told("flush_and_commit/a_flushed_row_makes_others_wait.py")
    flush, commit = shown.at("writer.flush()"), shown.at("writer.commit()")
    both = [flush, commit]

    def row(head: str, tell: Callable[[Moment], str], moments: list[Moment] = both) -> list:
        return [head, *map(tell, moments)]

    asked = [shown.at("assert writer.scalar(how_many) == 1"), shown.at('assert author.name == "Ursula"')]
    others = [waits.at("other.flush()"), waits.at("other.commit()")]
    wait = {"OperationalError": "wait for you", "IntegrityError": "get an error at once"}
    undone = [sends.at("session.rollback()"), shown.at("writer.rollback()")]
    return Table(
        ["what", "`flush()`", "`commit()`"],
        [
            row("your changes", _sent, [flush, sends.at("session.commit()")]),
            [
                "with nothing to send",
                _sent(empty.at("session.flush()")),
                [[_sent(empty.at("session.commit()"))], [f"after a read: {_sent(empty.at('session.commit()', 2))}"]],
            ],
            row("the transaction", lambda m: _either(m.session("writer")["transaction"], "stays open", "is over")),
            row("your own queries", lambda m: _either(m.raised, "fail", "find the row"), asked),
            row("other connections", lambda m: _either(m.others_see("author"), "see the row", "see nothing")),
            row("others who write the same unique value", lambda m: wait[m.raised], others),
            row("a generated key", lambda m: _either("key" in m.object("author"), "known", "unknown")),
            row("what you loaded", lambda m: _either("expired" in m.object("author"), "expires", "stays loaded")),
            row(
                "`rollback()` afterwards",
                lambda m: _either("ROLLBACK" in m.sent, "takes it back", "takes nothing back"),
                undone,
            ),
        ],
    )


def autoflush() -> Table:
    lines = {
        "an ORM query: `scalars(select(Book))`": ("each_statement_flushes_first", "session.scalars(all_books).all()"),
        "an ORM UPDATE: `execute(update(Book))`": (
            "each_statement_flushes_first",
            """session.execute(update(Book).values(title="Rocannon's World"))""",
        ),
        "an ORM INSERT: `execute(insert(Author))`": (
            "each_statement_flushes_first",
            'session.execute(insert(Author).values(name="Octavia"))',
        ),
        "`get()` that has to ask the database": ("each_statement_flushes_first", "session.get(Author, 0)"),
        "a lazy load": ("reading_an_attribute_may_flush", "book.tags"),
        "reading an expired attribute": ("reading_an_attribute_may_flush", "book.title"),
        "`refresh()`": ("reading_an_attribute_may_flush", "session.refresh(book)"),
        "`merge()`": ("reading_an_attribute_may_flush", "session.merge(Book(id=book.id))"),
        "`begin_nested()`, even with `autoflush=False`": (
            "without_autoflush_two_calls_still_flush",
            "session.begin_nested()",
        ),
        "`commit()`, even with `autoflush=False`": ("without_autoflush_two_calls_still_flush", "session.commit()"),
        "`execute(text(…))`": ("core_flushes_first_since_2_1", "session.execute(plain)", 2),
        "Core: `execute(select(Book.__table__))`": ("core_flushes_first_since_2_1", "session.execute(core)"),
        "`session.connection().execute(…)`": ("core_flushes_first_since_2_1", "session.connection().execute(core)"),
        "`add()`": ("no_question_no_flush", "session.add(tag)"),
        "a new value for a column": ("no_question_no_flush", 'book.title = "The Lathe of Heaven"'),
        "`delete()` without a delete cascade": ("no_question_no_flush", "session.delete(book)"),
        "`get()` answered from the identity map": ("no_question_no_flush", "session.get(Book, book.id)"),
        "a many-to-one answered from the identity map": ("no_question_no_flush", "book.author"),
    }
    told = functools.cache(lambda story, place: Told(f"flush_and_commit/{story}.py", place=place))
    rows: list[list] = []
    for head, (story, *line) in lines.items():
        moments = (told(story, place).at(*line) for place in ("", "sqlalchemy-2.0"))
        rows.append([head, *(_either(moment.flushes, "yes", "no") for moment in moments)])
    return Table(["moment", "flushes in 2.1", "flushes in 2.0"], rows)


def five_states() -> Table:
    story = Told("states/one_object_passes_through_five_states.py")
    moments = [
        story.at('author = Author(name="Ursula")'),
        story.at("session.add(author)"),
        story.at("session.flush()"),
        story.at("session.flush()", 2),
        story.at("session.commit()", 2),
    ]
    ways = {state: [] for state in STATES}
    for edge in data("transitions")["edges"]:
        if edge["from"] in ways and edge["from"] != edge["to"] and edge["to"] not in ways[edge["from"]]:
            ways[edge["from"]].append(edge["to"])
    rows: list[list] = []
    for moment in moments:
        author = moment.object("author")
        belongs = _either(moment.holds("session", "author"), "yes", "no, but attached" if "session" in author else "no")
        key = _either("key" in author, "yes", "no")
        state = author["state"]
        rows.append([f"{{{state}}}", belongs, key, [[f"{{{to}}}"] for to in ways[state]]])
    if [row[0].strip("{}") for row in rows] != list(STATES):
        raise TableError(f"{moments[0].where}: the author no longer passes through the five states in this order")
    return Table(["state", "`obj in session`", "key", "ways lead to"], rows)


def rollback() -> Table:
    story = Told("flush_and_commit/rollback_takes_every_object_back.py")
    moment = story.at("session.rollback()")
    was = {
        "toni": "only loaded",
        "ursula": "changed",
        "octavia": "",
        "joan": "inserted in this transaction",
        "alice": "",
    }
    rows: list[list] = []
    for variable, how in was.items():
        before, after = moment.object(variable, before=True), moment.object(variable)
        if "expired" in after:
            values = ["expired"]
            again = story.at('assert ursula.name == "Ursula"').object(variable)["values"]
            if again and again["name"] != before["values"]["name"]:
                values.append("the change is gone")
        elif after["values"] == before["values"]:
            values = ["kept"] + ["the primary key too"] * ("id" in after["values"])
        else:
            values = ["changed"]
        rows.append([[f"{{{before['state']}}}", *filter(None, [how])], f"{{{after['state']}}}", values])
    return Table(["before", "after", "its attributes"], rows)


def transitions() -> Table:
    rows: list[list] = []
    for edge in data("transitions")["edges"]:
        start = f"{{{edge['from']}}}" if edge["from"] in STATES else "no object yet"
        when = [[f"or {how}" if number else how] for number, how in enumerate(edge["when"])]
        events = [[f"`{name}`"] for name in edge["events"]] or "none"
        rows.append([[[start], [f"→\u00a0{{{edge['to']}}}"], *when], edge["calls"], events])
    return Table(["from → to", "calls", "event"], rows)


def transition_calls() -> Table:
    found = data("transitions")
    rows: list[list] = [[entry["group"], entry["calls"]] for entry in found["groups"]]
    return Table(["in the table", "stands for"], [*rows, ["leads nowhere", found["still"]]])


def who_keeps_an_object() -> Table:
    kept = data("transitions")["kept"]
    rows: list[list] = []
    for state in STATES:
        answers = [entry for entry in kept if entry["state"] == state]
        usual = answers[0]["kept"]
        others = [[entry["when"]] for entry in answers if entry["kept"] != usual]
        rows.append([f"{{{state}}}", _either(usual, "kept", "collected"), others or ""])
    return Table(["state", "usually", "except"], rows)


TABLES: dict[str, Callable[[], Table]] = {
    "flush-versus-commit": flush_versus_commit,
    "autoflush": autoflush,
    "five-states": five_states,
    "rollback": rollback,
    "transitions": transitions,
    "transition-calls": transition_calls,
    "who-keeps-an-object": who_keeps_an_object,
    **change_list.TABLES,
}


# What draws the tables whose names begin with a word.
REFERENCES = {"cascades": cascade_tables.draw, "loading": loading_tables.draw, "isolation": isolation_tables.draw}


def table(name: str) -> Table:
    """The table of this name. Raises TableError."""
    if name not in TABLES:
        raise TableError(
            f"there is no table '{name}': name one of {', '.join(sorted(TABLES))}, or add it to tools/summaries.py"
        )
    return TABLES[name]()


def draw(name: str, language: str) -> str:
    """The table of this name as HTML. Raises TableError."""
    if name.startswith(change_list.NAME):
        return change_list.draw(name, language)
    if name.startswith(state_matrix.NAME):
        return state_matrix.draw(name, language, state_matrix.Matrix(data(state_matrix.NAME)))
    if kind := REFERENCES.get(name.partition("-")[0]):
        return reference_tables.draw(kind, name, language, data)
    return html(table(name), name, language)
