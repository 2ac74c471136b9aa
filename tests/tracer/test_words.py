"""Both languages say the same."""

from tracer.words import WORDS


def test_both_languages_have_the_same_words():
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    assert not [text for text in WORDS["zh"].values() if "刷新" in text and "flush" in text]
