"""Cutting Chinese for search: the same words as with the whole of jieba's dictionary."""

import re

import jieba
import pytest

from tools.content.repository import Repository
from tools.site import chinese_words


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """jieba as it comes."""
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    return tokenizer


def test_the_pages_are_cut_as_with_the_whole_dictionary(whole):
    text = "\n".join(page.text for page in Repository().pages["zh"].values())
    few = jieba.Tokenizer()
    few.FREQ, few.total, few.initialized = chinese_words.frequencies(text), chinese_words.TOTAL, True
    assert few.total == whole.total
    assert len(few.FREQ) < len(whole.FREQ) / 10
    for run in set(re.findall("[\u4e00-\u9fff]+", text)):
        assert list(few.cut(run)) == list(whole.cut(run))


def test_text_without_chinese_needs_no_words():
    assert chinese_words.frequencies("a Session is no connection") == {}
