"""Words of a table.toml are found by name or by the English of the data; what is missing is one line."""

from pathlib import Path

import pytest

from tools.tables.table import TableError
from tools.tables.table_locale import Words

SETTINGS = {
    "words": {"rows": {"en": "{} rows of `book`", "zh": "`book` 有 {} 行"}, "half": {"en": "half"}},
    "phrases": {"any query": {"zh": "任意查询"}, "eager load": {"en": "`selectinload()`", "zh": "`selectinload()`"}},
}


def words(language: str) -> Words:
    return Words(Path("tables/x/table.toml"), SETTINGS, language)


def test_words_are_filled_with_parts_that_are_escaped():
    assert words("en").say("rows", 3) == "3 rows of <code>book</code>"
    assert words("zh").say("rows", "<") == "<code>book</code> 有 &lt; 行"


def test_phrases_are_their_own_english_unless_they_say_otherwise():
    assert words("en").phrase("any query") == "any query"
    assert words("zh").phrase("any query") == "任意查询"
    assert words("en").plain_phrase("eager load") == "`selectinload()`"
    assert words("zh").plain_phrase("`add()`") == "`add()`"


def test_lists_have_the_commas_of_the_language():
    assert words("en").list(["a", "b"]) == "a, b"
    assert words("zh").list(["a", "b"]) == "a、b"


@pytest.mark.parametrize(
    ("say", "said"),
    [
        (lambda: words("en").plain("fish"), "tables/x/table.toml: has no word 'fish': add it below [words]"),
        (lambda: words("zh").plain("half"), "tables/x/table.toml: 'half' has no zh: add it"),
        (lambda: words("zh").phrase("fish"), "tables/x/table.toml: has no zh for 'fish': add it below [phrases]"),
    ],
)
def test_what_is_missing_is_one_line(say, said):
    with pytest.raises(TableError) as failure:
        say()
    assert str(failure.value) == said
