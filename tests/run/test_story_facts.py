"""Facts beside a story are read, checked when it runs, and wrong ones are named in one line."""

import pytest

import tracer
from tools.run import recordings, story_facts
from tools.run.story_facts import FactsError

FACT = '[[facts]]\nline = "assert one == 1"\nsays = "{}"\n'


@pytest.fixture
def facts(repository):
    """Write the file of facts of the small repository's story; return the story."""

    def write(text: str):
        story_facts.path_of(repository.story).write_text(text, "utf-8")
        return repository.story

    return write


def run(story, database="", version="2.1.9"):
    """What the story does, told of another place."""
    recording = tracer.record(story.read_text("utf-8"), str(story))
    recording.database, recording.sqlalchemy = database, version
    return recording


def test_facts_that_hold_say_nothing(facts):
    story = facts(FACT.format("no SQL; raises nothing"))
    assert recordings.problems(story, run(story)) == []


def test_a_fact_that_does_not_hold_names_file_line_and_remedy(facts):
    story = facts(FACT.format("INSERT author"))
    assert recordings.problems(story, run(story)) == [
        'snippets/chapter/one_thing.facts.toml: `assert one == 1`: "INSERT author" does not hold; sent: nothing; '
        "mend the story, or the fact"
    ]


def test_a_fact_of_what_never_runs_is_named(repository, facts):
    story = facts('[[facts]]\nline = "one = 1"\nsays = "no SQL"\n')
    (problem,) = recordings.problems(story, run(story))
    assert "was not checked: the statement above it never ran" in problem


@pytest.mark.parametrize(
    ("on", "database", "version", "number"),
    [
        ("mariadb", "mysql", "2.1.9", 1),
        ("mariadb", "sqlite", "2.1.9", 0),
        ("sqlite", "sqlite", "2.0.58", 1),
        ("sqlalchemy-2.0", "sqlite", "2.0.58", 1),
        ("sqlalchemy-2.0", "postgresql", "2.1.9", 0),
    ],
)
def test_a_fact_may_hold_in_one_place_only(facts, on, database, version, number):
    story = facts(FACT.format("INSERT author") + f'on = "{on}"\n')
    assert len(story_facts.problems(story, run(story, database, version))) == number


def test_lines_are_found_in_the_text_that_is_given(facts):
    story = facts(FACT.format("no SQL"))
    source = "\n\n" + story.read_text("utf-8")
    (claim,) = story_facts.read(story, source).claims[""]
    assert source.splitlines()[claim.line - 1] == "assert one == 1"


def test_a_story_without_a_file_has_no_facts(repository):
    assert story_facts.read(repository.story) == story_facts.StoryFacts()


def test_what_is_declared_equivalent_is_read(facts):
    story = facts(
        '[[equivalent]]\nchange = "x"\nreason = "y"\n[[equivalent]]\nchange = "a"\nreason = "b"\non = "mariadb"\n'
    )
    said = story_facts.read(story)
    assert said.equivalent_at(run(story)) == {"x": "y"}
    assert said.equivalent_at(run(story, "mysql")) == {"x": "y", "a": "b"}


def test_what_cannot_be_read_is_an_error(facts):
    with pytest.raises(FactsError, match="cannot be read"):
        story_facts.read(facts("[[facts"))
