"""Which computed tables there are, and where their cells come from: recordings of stories, and data of references.

A cell is read from a step of a recording, named by its story and its line of code: see told.py.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tools.tables.table import MARK, TableError, marked, parsed, shown
from tools.tables.told import Moment, Told, data
from tracer import statements
from tracer.recording import STATES

NOTHING = "nothing"
LABELS = Path(__file__).with_name("chinese.toml")
WORD = re.compile(r"[A-Za-z]")
COMMA = {"en": ", ", "zh": "、"}

# A phrase, several of them separated by commas, or lines of them.
Cell = str | list[str] | list[list[str]]


@dataclass
class Table:
    """`columns` are the headings; the first cell of each row heads the row."""

    columns: list[Cell]
    rows: list[list[Cell]]


def _labels(path: Path) -> dict[str, dict[str, str]]:
    try:
        return parsed(path, tomllib.loads)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{shown(path)}: {error}; mend it") from None


def said(phrase: str, language: str, table: str = "everywhere", labels: Path = LABELS) -> str:
    """A phrase in a language, its marks untouched. Raises TableError where the Chinese is missing."""
    if language == "en" or not WORD.search(MARK.sub("", phrase)):
        return phrase
    known = _labels(labels)
    for section in (table, "everywhere"):
        if chinese := known.get(section, {}).get(phrase):
            return chinese
    raise TableError(f"{shown(labels)}: has no Chinese for '{phrase}' of '{table}': add a line below [{table}]")


def _lines(cell: Cell) -> Iterable[list[str]]:
    if isinstance(cell, str):
        return [[cell]]
    return cell if cell and isinstance(cell[0], list) else [cell]  # type: ignore[return-value]


def phrases(table: Table) -> Iterator[str]:
    """Every phrase of a table."""
    for cell in (cell for row in (table.columns, *table.rows) for cell in row):
        for line in _lines(cell):
            yield from line


def html(table: Table, name: str, language: str, labels: Path = LABELS) -> str:
    """A table as HTML. Raises TableError."""

    def drawn(cell: Cell) -> str:
        lines = (
            COMMA[language].join(marked(said(phrase, language, name, labels), language) for phrase in line)
            for line in _lines(cell)
        )
        return "<br>".join(lines)

    head = "".join(f'<th scope="col">{drawn(cell)}</th>' for cell in table.columns)
    body = []
    for row in table.rows:
        if len(row) != len(table.columns):
            raise TableError(f"table '{name}': {len(row)} cells below {len(table.columns)} headings; mend its row")
        cells = "".join(f"<td>{drawn(cell)}</td>" for cell in row[1:])
        body.append(f'<tr><th scope="row">{drawn(row[0])}</th>{cells}</tr>')
    return (
        f'<div class="computed" id="table-{escape(name)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


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
    """What flush() and commit() do to rows, transaction, keys and others. Raises TableError, as all of these."""
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
    """Which calls flush first, on 2.1 and on 2.0."""
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
    """The five states that one object passes through, and the ways out of each."""
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
    """What a rollback does to objects in each state."""
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


def _asks(moment: Moment) -> int:
    """How many SELECTs were sent."""
    return sum(line.startswith("SELECT") for line in moment.sent)


def expire_and_refresh() -> Table:
    """When a SELECT is sent after each call, and what it costs an unflushed change."""
    expires = Told("states/commit_expires_and_reading_asks_again.py")
    stays = Told("states/a_loaded_attribute_stays_until_you_say_so.py")
    loses = Told("states/expire_and_refresh_discard_changes.py")
    flushed = Told("states/a_flushed_change_survives_a_refresh.py")
    sends = Told("flush_and_commit/a_flush_sends_what_has_changed.py")
    asking = Told("flush_and_commit/each_statement_flushes_first.py")
    read = 'assert author.name == "Ursula"'

    def loaded(call: Moment) -> str:
        """What became of the name that the author had before the call, whose row had changed."""
        before, after = (call.object("author", before)["values"] for before in (True, False))
        if "name" in after:
            return _either(after["name"] == before["name"], "stays", "is read anew")
        return _either("id" in after, "that attribute expires", "expires")

    def change(call: Moment, after: Moment) -> str:
        """What became of a change that the call found unflushed, as a read after it shows."""
        was = call.object("author", before=True)
        if "modified" not in was:
            raise TableError(f"{call.where}: finds nothing unflushed any more; mend tools/tables/summaries.py")
        return _either(after.object("author")["values"]["name"] == was["values"]["name"], "is flushed first", "is lost")

    def when(call: Moment, after: Moment | None = None) -> str:
        if _asks(call):
            return "at once"
        return _either(after and _asks(after), "at the next read", "never")

    each = expires.at("names = [author.name for author in authors[:3]]")
    commit, wrote = expires.at("session.commit()"), sends.at("session.commit()")
    rows: list[list] = [
        [
            "`session.commit()`",
            _either("expired" in wrote.object("author"), "expires", "stays"),
            [[when(commit, each)], *[["one for each object"]] * (_asks(each) == 3)],
            _either(wrote.flushes, "is flushed first", "is lost"),
        ]
    ]
    for call, nth in (
        ("session.expire(author)", 1),
        ('session.expire(author, ["name"])', 2),
        ("session.refresh(author)", 3),
        ("session.expire_all()", 4),
    ):
        moment, after = loses.at(call), loses.at(read, nth)
        rows.append([f"`{call}`", loaded(moment), when(moment, after), change(moment, after)])
    anew, plain = stays.at("assert session.scalars(fresh).one() is author"), "assert session.scalars(select(Author))"
    keeps = stays.at(f"{plain}.one() is author")
    again = flushed.at("assert author in session.scalars(fresh).all()")
    rows += [
        ["a query with `populate_existing`", loaded(anew), when(anew), change(again, again)],
        [
            "a plain query",
            loaded(keeps),
            when(keeps),
            _either(asking.at("session.scalars(all_books).all()").flushes, "is flushed first", "is lost"),
        ],
    ]
    return Table(["call", "what was loaded", "the SELECT is sent", "a change not yet flushed"], rows)


def identity_map() -> Table:
    """What reading a loaded object sends, and whether it changes the values."""
    story = Told("sessions/a_query_keeps_what_is_loaded.py")
    loses = Told("states/expire_and_refresh_discard_changes.py")
    query, refresh = "assert reader.scalars(select(Author)).one() is author", loses.at("session.refresh(author)")
    rows: list[list] = []
    for head, moment in (
        ("`session.get(Author, 1)`", story.at("assert reader.get(Author, 1) is author")),
        ("`book.author`", story.at("assert book.author is author")),
        ("`session.scalars(select(Author))`", story.at(query, 2)),
        ("… with `populate_existing`", story.at("assert reader.scalars(fresh).one() is author")),
        ("`session.refresh(author)`", refresh),
    ):
        before, after = (moment.object("author", before)["values"] for before in (True, False))
        sent = _either(_asks(moment), "one SELECT", "no SQL")
        rows.append([head, sent, _either(before["name"] == after["name"], "stay as they are", "are read anew")])
    return Table(["you write", "sent", "the values of the loaded object"], rows)


def closing() -> Table:
    """What becomes of transaction, objects and Session after each call that ends something."""
    story, final = Told("sessions/a_session_outlives_its_transactions.py"), Told("sessions/a_refusal_says_why.py")
    rows: list[list] = []
    for head, moment, variable, following in (
        ("`commit()`", story.at("session.commit()"), "author", story.at("author = session.scalars(jorge).one()")),
        ("`close()`", story.at("session.close()"), "author", story.at("again = session.scalars(jorge).one()")),
        (
            "`reset()`",
            story.at("session.reset()"),
            "again",
            story.at("assert session.scalars(jorge).one() is not again"),
        ),
        (
            "`close()` with `close_resets_only=False`",
            final.at("session.close()"),
            "author",
            final.at("session.scalars(names).all()", 5),
        ),
    ):
        ended = _either("COMMIT" in moment.sent, "committed", "rolled back")
        state = moment.object(variable)["state"]
        again = _either(following.begins, "begins anew when needed", "goes on")
        rows.append([head, ended, f"{{{state}}}", _either(following.raised, "refuses", again)])
    return Table(["call", "open transaction", "its objects", "the Session afterwards"], rows)


def strategies() -> Table:
    """How many SELECTs each loading strategy sends for N parents."""
    counted = data("loading")["cells"]
    guarded = Told("relationships/a_parent_at_hand_needs_no_sql.py")
    always, for_sql = guarded.at("author.books"), guarded.at("unknown.author")
    joined = Told("relationships/each_strategy_has_its_number_of_selects.py").at("load_and_read(joinedload)")
    joins = any(" JOIN " in event.get("sql", "") for event in joined.events)
    topic = Told("relationships/an_option_overrides_the_mapping_for_one_query.py").at(
        "topic = session.scalars(topics).one()"
    )

    def selects(name: str) -> str:
        """How many SELECTs are sent for N authors and their books, as 1 to 1000 of them show."""
        found = {int(parents): cell["statements"] for parents, cell in counted[name].items()}
        for phrase, number in (
            ("1", lambda n: 1),
            ("2", lambda n: 2),
            ("1 + N", lambda n: 1 + n),
            ("2, and one more for each further 500 parents", lambda n: 1 + -(-n // 500)),
        ):
            if all(number(parents) == sent for parents, sent in found.items()):
                return phrase
        raise TableError(f"tables/loading/data.json: '{name}' follows no rule of tools/tables/summaries.py: add one")

    def unloaded(table: str) -> str:
        return _either(f"SELECT {table}" in topic.sent, "2", "1")

    free = "reading is free"
    ways: list[tuple[str, str, list[str], str]] = [
        ('lazy="select"', "lazyload()", [selects("unread"), f"when read: {selects('lazy')}"], "what you seldom read"),
        ('lazy="selectin"', "selectinload()", [selects("selectin")], "collections"),
        (
            'lazy="joined"',
            "joinedload()",
            [selects("joined"), *["with a JOIN"] * joins],
            "a single object, such as `book.author`",
        ),
        ('lazy="subquery"', "subqueryload()", [selects("subquery")], "older code"),
        ('lazy="immediate"', "immediateload()", [selects("immediate")], "rarely anything"),
        (
            'lazy="raise"',
            "raiseload()",
            [selects("raise"), _either(always.raised, "reading raises", free)],
            "finding loops",
        ),
        (
            'lazy="raise_on_sql"',
            "raiseload(sql_only=True)",
            [selects("raise"), _either(for_sql.raised, "reading raises if it needs SQL", free)],
            "the same, more gently",
        ),
        ("WriteOnlyMapped[]", "", [unloaded("visit"), "the list is yours to query"], "very large collections"),
        ("DynamicMapped[]", "", [unloaded("topic_like"), "a legacy `Query`"], "old code"),
    ]
    rows: list[list] = [
        [[[f"`{name}`"] for name in (mapping, option) if name], [[line] for line in sent], use]
        for mapping, option, sent, use in ways
    ]
    rows[0][0][0].append("the default")
    return Table([[["in the mapping"], ["as an option"]], "SELECTs for N parents", "good for"], rows)


TABLES: dict[str, Callable[[], Table]] = {
    "flush-versus-commit": flush_versus_commit,
    "autoflush": autoflush,
    "expire-and-refresh": expire_and_refresh,
    "identity-map": identity_map,
    "closing": closing,
    "strategies": strategies,
    "five-states": five_states,
    "rollback": rollback,
}


def table(name: str) -> Table:
    """The table of this name. Raises TableError."""
    if name not in TABLES:
        raise TableError(
            f"there is no table '{name}': name one of {', '.join(sorted(TABLES))}, or add it to summaries.py"
        )
    return TABLES[name]()


def draw(name: str, language: str) -> str:
    """The table of this name as HTML. Raises TableError."""
    return html(table(name), name, language)
