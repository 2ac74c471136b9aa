"""make mutate says what notices each careless edit of a story, lists the others, and gives figures."""

import pytest

from tests.conftest import replace
from tools.commands import mutate
from tools.content.repository import Repository
from tools.run import story_facts

COUNTED = "two = one + 1\nprint(two)"


@pytest.fixture
def mutated(repository, capsys):
    """Mutate the small repository's story; return the exit status and what was printed, a line each."""

    def run(story: str, *arguments: str, facts: str = "") -> tuple[int, list[str]]:
        replace(repository.story, "assert one == 1", story)
        if facts:
            story_facts.path_of(repository.story).write_text(facts, "utf-8")
        status = mutate.main([*arguments], Repository(repository.root))
        return status, capsys.readouterr().out.splitlines()

    return run


def test_what_an_assertion_notices_is_not_listed(mutated):
    status, lines = mutated("two = one + 1\nassert two == 2")
    assert status == 0
    assert lines[1].split() == ["chapter/one_thing.py", "1", "100.0%", "100.0%", "0"]
    assert lines[-1] == "noticed by: assert 1"


def test_what_the_recording_alone_notices_is_listed_with_the_difference(mutated):
    status, lines = mutated(COUNTED)
    assert status == 1
    assert (
        "snippets/chapter/one_thing.py:9: 2 for 1: two = one + 1: the recording alone notices: "
        '- | output "2\\n" | + | output "3\\n"'
    ) in lines
    assert lines[-1].startswith("snippets/chapter: 0.0 % of its mutants are noticed without recordings")


UNREAD = "two = one + 1\nassert one == 1"
DECLARED = '[[equivalent]]\nchange = "{}"\nreason = "nobody reads two"\n'


def test_what_nothing_notices_is_listed(mutated):
    status, lines = mutated(UNREAD)
    assert status == 1
    assert "snippets/chapter/one_thing.py:9: 2 for 1: two = one + 1: nothing notices" in lines


def test_what_is_declared_equivalent_is_not_counted(mutated):
    declared = DECLARED.format("2 for 1: two = one + 1") + DECLARED.format("delete: two = one + 1")
    status, lines = mutated(UNREAD, facts=declared)
    assert status == 0, lines
    assert status == 0 and lines[1].split() == ["chapter/one_thing.py", "3", "0.0%", "0.0%", "3"]


def test_a_name_that_is_none_is_refused(mutated):
    status, lines = mutated("assert one == 1", "nothing")
    assert status == 1 and lines == ["no story is called nothing: name one as in make mutate STORY=start/three_calls"]


def test_facts_are_proposed_that_notice_what_the_recording_does(mutated):
    _, lines = mutated(COUNTED, "--suggest")
    at = lines.index("[[facts]]")
    assert lines[at : at + 3] == ["[[facts]]", 'line = "print(two)"', 'says = "prints 2"']
    assert lines[at - 1].startswith("# notices 2: ")


def test_a_proposed_fact_notices(mutated):
    status, lines = mutated(COUNTED, facts='[[facts]]\nline = "print(two)"\nsays = "prints 2"\n')
    assert status == 0 and lines[-1] == "noticed by: facts 2"
