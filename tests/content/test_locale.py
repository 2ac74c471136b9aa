"""The words of every language: the same keys, and one line for a file that cannot be read."""

import tomllib

import pytest

from tools.content import locale
from tools.content.repository import ROOT

FILES = sorted((ROOT / "locale").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_has_the_same_keys(path):
    english, other = (
        {
            (section, key)
            for section, words in tomllib.loads(file.read_text("utf-8")).items()
            for key in words
            if section != "prose"  # how a language is written, not what is said in it
        }
        for file in (ROOT / "locale" / "en.toml", path)
    )
    assert other == english, f"locale/{path.name}: give it the keys of en.toml"


def test_words_are_read():
    assert locale.words("zh", "search")["search"] == "搜索"


@pytest.mark.parametrize(
    ("text", "section", "said"),
    [
        (None, "site", "locale/xx.toml: cannot be read"),
        ("search = ", "site", "locale/xx.toml: cannot be read"),
        ("[site]\n", "tables", r"locale/xx.toml: has no section \[tables\]"),
    ],
    ids=["missing", "no TOML", "no section"],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, text, section, said):
    (tmp_path / "locale").mkdir()
    if text is not None:
        (tmp_path / "locale" / "xx.toml").write_text(text, "utf-8")
    with pytest.raises(locale.LocaleError, match=said):
        locale.words("xx", section, tmp_path)
