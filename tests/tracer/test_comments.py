"""Checked comments: where they may stand, of which statement they speak, and what is not proved."""

import pytest

from tracer import comments
from tracer.facts import FactError

STORY = """
session = Session(engine)
author = Author(name="ann")
session.add(author)
{here}
"""


def problems(trace, program):
    return trace(program).problems


@pytest.mark.parametrize("line", ["import warnings; warnings.warn('x')", "session.commit(); session.close()"])
def test_a_line_of_several_statements_has_no_facts(trace, line):
    said = problems(trace, STORY.format(here=f"{line}\n#> no SQL"))
    assert [one.partition(": ")[2] for one in said] == ["line 7 has several statements; give each a line of its own"]


@pytest.mark.parametrize(
    "program",
    [
        "#> no SQL\nx = 1\n",
        "x = 1\n\n#> no SQL\n",
        "x = 1\n# why\n#> no SQL\n",
        "x = 1\n    #> no SQL\n",
        "def f():\n    #> no SQL\n    return 1\n",
        "def f():\n    return 1\n#> no SQL\n",
        "class A:\n    x = 1\n#> no SQL\n",
        "try:\n    #> no SQL\n    x = 1\nfinally:\n    pass\n",
        "f(\n    1,\n    #> no SQL\n)\n",
    ],
)
def test_misplaced_comments_are_errors(program):
    with pytest.raises(FactError, match=r"line \d: #> must stand directly under a statement, at its indentation"):
        comments.find(program)


def test_a_comment_beside_a_statement_is_an_error():
    with pytest.raises(FactError, match="line 1: #> must stand on a line of its own, under its statement"):
        comments.find("x = 1  #> no SQL\n")


def test_a_string_is_no_comment():
    assert comments.find('x = """\n#> no SQL\n"""\n') == []


def test_comments_that_follow_each_other_speak_of_one_statement():
    (claim,) = comments.find("x = f(\n    1\n)\n#> no SQL\n#> x is pending; prints a; b\n")
    assert (claim.line, claim.about) == (1, "whole")
    assert [fact.text for fact in claim.facts] == ["no SQL", "x is pending", "prints a; b"]


def test_header_whole_and_exit(trace):
    assert (
        problems(
            trace,
            """
        with Session(engine) as session, session.begin():
            #> no SQL
            session.add(Author(name="ann"))
            #> no SQL
        #> INSERT author; COMMIT; others see 1 row in author
        for name in session.scalars(select(Author.name)):
            #> SELECT author
            print(name)
            #> prints ann; no SQL
            #> no SQL
        #> SELECT author
        if session.scalar(select(func.count(Author.id))) == 1:
            #> SELECT author
            session.rollback()
            #> ROLLBACK
        #> SELECT author; ROLLBACK
    """.replace("prints ann; no SQL", "no SQL\n            #> prints ann"),
        )
        == []
    )


def test_the_exit_of_a_block_is_not_its_body(trace):
    program = """
        with Session(engine) as session:
            session.scalars(select(Author)).all()
        #> {fact}
    """
    assert problems(trace, program.replace("{fact}", "ROLLBACK")) == []
    assert problems(trace, program.replace("{fact}", "SELECT author; ROLLBACK")) == [
        '3: "SELECT author; ROLLBACK" does not hold; sent: ROLLBACK'
    ]


def test_every_run_of_a_statement_must_keep_its_facts(trace):
    assert problems(
        trace,
        """
        session = Session(engine)
        def count(add):
            if add:
                session.add(Author(name=add))
            found = session.scalars(select(Author)).all()
            #> INSERT author; SELECT author
            return found
        count("ann")
        count("")
    """,
    ) == ['6: "INSERT author; SELECT author" does not hold; sent: SELECT author']


def test_what_never_ran_is_not_proved(trace):
    program = "session = Session(engine)\nif not session:\n    n = 1\n    #> no SQL\n"
    assert problems(trace, program) == ['4: "no SQL" was not checked: the statement above it never ran']


def test_what_was_not_recorded_is_not_proved(trace):
    traced = trace("for n in range(9):\n    m = n\nlast = 1\n#> no SQL\n", setup=False, max_steps=5)
    assert comments.check(traced.source, traced.recording) == ['4: "no SQL" was not checked: recording had stopped']


def test_one_that_is_no_fact_hides_no_other(trace):
    traced = trace("""
        x = 1
        #> x is odd
        y = 2  #> no SQL
        z = 3
        #> INSERT author
        """)
    odd, misplaced, sent = traced.problems
    assert odd.startswith('2:"x is odd" is not a fact'.replace(":", ": ", 1))
    assert misplaced == "3: #> must stand on a line of its own, under its statement"
    assert sent == '5: "INSERT author" does not hold; sent: nothing'
