"""What is a fact and what is none; the facts of one execution."""

import pytest

from tracer import facts, runs
from tracer.facts import FactError


def test_facts_of_one_execution(trace):
    executions = runs.runs(
        trace("""
        session = Session(engine)
        author = Author(name="ann")
        session.add(author)
        session.commit()
        author.name
    """).recording
    )
    _, _, add, _, read = executions
    assert facts.failures(facts.parse("author is pending"), add) == []
    assert facts.failures(facts.parse("author is deleted"), add) == [
        '"author is deleted" does not hold; author is pending'
    ]
    assert facts.failures(facts.parse("author.name keeps its value"), read) != []  # it was expired
    assert facts.failures(facts.parse("author.name keeps its value"), runs.over(add, read)) == []


@pytest.mark.parametrize(
    "said", ["nothing", "author is happy", "others see many author", "INSERT author, book", "author.name is", "no sql"]
)
def test_what_is_no_fact_is_an_error(said):
    with pytest.raises(FactError) as error:
        facts.parse(f" author is pending; {said}", 7)
    assert str(error.value) == f'line 7: "{said}" is not a fact: say one of {facts.GRAMMAR}'


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("others see 0 author", "others see 0 rows in author"),
        ("others see 1 author", "others see 1 row in author"),
        ("others see 1 rows in author", "others see 1 row in author"),
        ("others see 2 row in author", "others see 2 rows in author"),
        ("others see 21 row in author", "others see 21 rows in author"),
    ],
)
def test_rows_are_counted_in_english(said, wanted):
    assert facts.parse(wanted)
    with pytest.raises(FactError) as error:
        facts.parse(said, 7)
    assert str(error.value) == f'line 7: "{said}" is not a fact: write "{wanted}"'


@pytest.mark.parametrize("said", facts.GRAMMAR.replace("…", "Error").split(", "))
def test_what_an_error_proposes_is_a_fact(said):
    assert len(facts.parse(said, 7)) == 1


def test_an_empty_comment_is_an_error():
    with pytest.raises(FactError, match="line 3: #> says nothing"):
        facts.parse("  ", 3)
