"""Each kind of fact holds, or fails with what was seen instead."""

import pytest

STORY = """
session = Session(engine)
author = Author(name="ann")
session.add(author)
{here}
"""


def problems(trace, program):
    return trace(program).problems


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        *[("n = 1", "no SQL"), ("session.flush()", "INSERT author"), ("session.flush()", "BEGIN; INSERT author")],
        *[("session.commit()", "INSERT author; COMMIT"), ("session.rollback()", "no SQL")],
        *[("session.flush()", "author is persistent"), ("n = 1", "author is pending"), ("n = 1", "author is modified")],
        *[("session.commit()", "author is expired"), ("session.commit()", "author.name is expired")],
        *[
            ("n = 1", "author.name is loaded"),
            ("n = 1", "author.id is not loaded"),
            ("n = 1", "author.name is modified"),
        ],
        *[
            ("session.flush()", "others see 0 rows in author"),
            ("session.commit()", "others see 1 row in author; others see 0 rows in book"),
        ],
        *[("n = 1", "pool has 0 in use"), ("session.flush()", "pool has 1 in use")],
        *[("print('a;', 1)", "prints a; 1"), ("print('a\\n b')", "prints a b"), ("print('abc')", "prints ab…")],
        ("session.expunge(author)", "author is transient"),
        *[
            ("n = 1", 'author.name is "ann"'),
            ("session.flush()", "author.id is 1"),
            ("author.name = None", "author.name is None"),
        ],
        *[
            ("author.name = 'a; b'", 'author.name is "a; b"; no SQL'),
            ("session.commit()", 'others see "ann" in author'),
        ],
        ("session.add(Author(name='bob'))\nsession.commit()", 'others see "ann", "bob" in author'),
        ("session.commit()", "others see 1 in author; others see 1 row in author"),
        *[("session.flush()", "author was pending; author has a key"), ("n = 1", "author has no key")],
        *[("n = 1", "author.name keeps its value"), ("author.name = 'bob'", "author.name changes")],
        *[("n = 1", "session has a transaction"), ("session.commit()", "session has no transaction")],
        *[("n = 1", "author is in session"), ("session.expunge(author)", "author is not in session")],
        *[("n = 1", "author is attached"), ("session.expunge(author)", "author is not attached")],
        *[("session.commit()", "sends INSERT; sends COMMIT; sends no SELECT"), ("n = 1", "raises nothing")],
        *[("session.flush()", "a flush sent something"), ("session.rollback()", "a flush sent nothing")],
        ("session.scalars(select(Author).join(Book)).all()", "sends JOIN; a flush sent something"),
        ("session.flush()", "INSERT author; author is persistent; others see 0 rows in author; pool has 1 in use"),
    ],
)
def test_facts_that_hold(trace, line, fact):
    assert problems(trace, STORY.format(here=f"{line}\n#> {fact}")) == []


@pytest.mark.parametrize(
    ("line", "fact", "seen"),
    [
        ("session.flush()", "no SQL", "sent: BEGIN, INSERT author"),
        ("session.flush()", "INSERT book", "sent: INSERT author"),
        ("session.flush()", "INSERT author; COMMIT", "sent: INSERT author"),
        ("session.commit()", "COMMIT; INSERT author", "sent: INSERT author, COMMIT"),
        ("session.commit()", "INSERT author", "sent: INSERT author, COMMIT"),
        ("n = 1", "SELECT author", "sent: nothing"),
        ("session.flush()", "2 × INSERT author", "sent: INSERT author"),
        ("n = 1", "author is persistent", "author is pending"),
        ("n = 1", "author is expired", "author is pending, not expired"),
        ("session.flush()", "author is modified", "author is persistent, not modified"),
        ("n = 1", "missing is pending", "no variable missing holds a mapped object here"),
        ("n = 1", "session is pending", "session is no mapped object"),
        ("n = 1", "author.id is loaded", "author.id is not loaded"),
        ("n = 1", "author.name is expired", "author.name is loaded and modified"),
        ("n = 1", "author.shoe is loaded", "author.shoe is unknown"),
        ("session.flush()", "author was transient", "author was pending"),
        ("n = 1", "author has a key", "author has no key"),
        ("n = 1", "author.name changes", "'ann', then 'ann'"),
        ("session.commit()", "author.name keeps its value", "author.name is not loaded after"),
        ("session.commit()", "session has a transaction", "session has no transaction"),
        ("n = 1", "author has a transaction", "no variable author holds a Session here"),
        ("n = 1", "author is not in session", "author is in session"),
        ("session.expunge(author)", "author is attached", "author is not attached"),
        ("session.flush()", "sends COMMIT", "sent: BEGIN, INSERT author"),
        ("session.flush()", "sends no INSERT", "sent: BEGIN, INSERT author"),
        ("session.flush()", "a flush sent nothing", "a flush sent INSERT author"),
        ("n = 1", "a flush sent something", "a flush sent nothing"),
        ("session.commit()", "others see 2 rows in author", "others see 1 row"),
        ("n = 1", "others see 0 rows in shoe", "others see no table shoe"),
        ("n = 1", 'author.name is "bob"', 'author.name is "ann"'),
        ("session.flush()", "author.id is 2", "author.id is 1"),
        ("session.flush()", 'author.id is "1"', "author.id is 1"),
        ("session.commit()", 'author.name is "ann"', "author.name is not loaded"),
        ("n = 1", 'others see "ann" in author', "others see 0 rows"),
        ("session.commit()", 'others see "ann", "bob" in author', "others see 1 row"),
        ("session.commit()", 'others see "bob" in author', 'others see 1 "ann"'),
        ("session.commit()", "others see 2 in author", 'others see 1 "ann"'),
        ("n = 1", "others see 1 in shoe", "others see no table shoe"),
        ("n = 1", "raises KeyError", "raised: nothing"),
        ("n = 1", "warns SAWarning", "warned: nothing"),
        ("n = 1", "pool has 3 in use", "the pool has 0 in use"),
        ("print('a')", "prints b", "printed: a"),
        ("n = 1", "prints b…", "printed: nothing"),
    ],
)
def test_facts_that_do_not_hold_say_what_was_seen(trace, line, fact, seen):
    assert problems(trace, STORY.format(here=f"{line}\n#> {fact}")) == [f'5: "{fact}" does not hold; {seen}']


def test_errors_and_warnings(trace):
    program = """
        session = Session(engine)
        try:
            session.execute(text("no SQL"))
            #> raises {error}
        except sqlalchemy.exc.DBAPIError:
            pass
        session.rollback()
        session.execute(select(Author.name, Book.title))
        #> SELECT author; warns {category}
    """
    assert problems(trace, program.replace("{error}", "Wrong").replace("{category}", "Wrong")) in [
        [f'4: "raises Wrong" does not hold; raised: {error}', '9: "warns Wrong" does not hold; warned: SAWarning']
        for error in ("OperationalError", "ProgrammingError")
    ]
    right = program.replace("{category}", "SAWarning")
    assert [] in [problems(trace, right.replace("{error}", name)) for name in ("OperationalError", "ProgrammingError")]


def test_names_in_a_function_are_its_own_first(trace):
    assert (
        problems(
            trace,
            """
        session = Session(engine)
        author = Author(name="ann")
        session.add(author)
        def flushed(author):
            session.flush()
            #> author is transient; INSERT author
        flushed(Author())
        #> author is persistent; INSERT author
        def outer():
            n = 1
            #> author is persistent
        outer()
    """,
        )
        == []
    )


def test_no_other_connection_no_proof(trace):
    source = (
        "from shelf import *\nother = sqlalchemy.create_engine('sqlite://')\nBase.metadata.create_all(other)\n"
        "# --- story\nn = 1\n#> others see 0 rows in author\n"
    )
    traced = trace(source, setup=False)
    (problem,) = traced.problems
    assert problem == (
        '2: "others see 0 rows in author" does not hold; there is no other connection: a database in memory has no '
        "second connection that sees what is committed"
    )


def test_more_rows_than_are_shown_cannot_be_counted(trace):
    assert problems(
        trace,
        """
        session = Session(engine)
        session.add_all([Author() for n in range(40)])
        session.commit()
        #> others see 41 rows in author
    """,
    ) == ['4: "others see 41 rows in author" does not hold; others see 40 rows']


def test_a_table_that_is_gone_is_not_seen(trace):
    assert problems(
        trace,
        """
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE profile"))
        #> COMMIT; others see 0 rows in profile
        Base.metadata.create_all(engine)
    """,
    ) == ['3: "others see 0 rows in profile" does not hold; others see no table profile']


def test_several_rows_are_one_insert_or_several(trace):
    assert (
        problems(
            trace,
            """
        session = Session(engine)
        session.add_all([Author(name="ann"), Author(name="ben"), Book(title="one")])
        session.commit()
        #> INSERT author; INSERT book; COMMIT
    """,
        )
        == []
    )


def test_a_listener_that_sends_begin_says_it_once(trace):
    traced = trace("""
        listened = sqlalchemy.create_engine("sqlite:///listened.db")

        @sqlalchemy.event.listens_for(listened, "begin")
        def send_begin(connection):
            connection.exec_driver_sql("BEGIN")

        session = Session(listened)
        session.execute(text("SELECT 1"))
        #> BEGIN; SELECT
        session.close()
    """)
    assert traced.problems == []
