"""What counts as prose, as a shown block, as a minute."""

from tests.conftest import replace
from tools.checks.lengths import Length, check_lengths, measure
from tools.content.repository import Repository

BLOCK = '```python\n--8<-- "chapter/one_thing.py:setup"\n```\n'


def length(repository) -> Length:
    return measure(Repository(repository.root).source_pages["chapter/one-thing.md"])


def test_cells_code_and_addresses_are_no_prose(repository):
    assert length(repository) == Length(words=11, blocks=2, steppers=1)
    replace(repository.english, "There is more", "- There `is` [much](#one-thing) more")
    replace(repository.english, "| 1 | 2 |", "| one two three | four |")
    assert length(repository).words == 12


def test_a_folded_setup_is_not_shown(repository):
    replace(repository.english, BLOCK, f"/// setup\n{BLOCK}///\n")
    assert length(repository).blocks == 1


def test_a_minute_has_200_words_or_a_stepper():
    assert Length(words=800, blocks=10, steppers=3).minutes == 7
    assert Length(words=90, blocks=0, steppers=1).minutes == 1


def test_a_page_that_says_why_may_be_long(repository):
    replace(repository.english, "There is more", "word " * 1000)
    assert len(list(check_lengths(Repository(repository.root)))) == 1
    replace(repository.english, "\n---\n\n#", "\nlong: It lists all there is.\n---\n\n#")
    assert not list(check_lengths(Repository(repository.root)))


def test_pages_to_look_things_up_in_have_no_limits(repository):
    replace(repository.english, "There is more", "word " * 1000)
    (repository.docs / "en" / "chapter").rename(repository.docs / "en" / "reference")
    assert not list(check_lengths(Repository(repository.root)))
