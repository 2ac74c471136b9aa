"""All languages say the same, with the same gaps to fill."""

import re

import pytest

from tracer.locale import languages, words

GAP = re.compile(r"\{\w*\}")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_words_with_the_same_gaps(language):
    english, these = words("en"), words(language)
    assert list(these) == list(english), f"tracer/locale/{language}.toml: write the keys of en.toml, in their order"
    for key, said in these.items():
        wanted = sorted(GAP.findall(english[key]))
        assert sorted(GAP.findall(said)) == wanted, f"tracer/locale/{language}.toml: '{key}' needs {wanted}"


def test_a_flush_is_no_refresh_in_chinese():
    assert not [text for text in words("zh").values() if "刷新" in text and "flush" in text]


def test_a_language_without_words_is_named():
    with pytest.raises(KeyError, match="no words in xx: tracer/locale has en, zh"):
        words("xx")
