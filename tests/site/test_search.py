"""Cutting Chinese for search: the same words as with the whole of jieba's dictionary. The worker's repair."""

import os
import re

import jieba
import pytest

from tools.content.repository import ROOT, Repository
from tools.site import search


@pytest.fixture(scope="module")
def tokenizers(tmp_path_factory):
    """jieba as it comes, and with the site's dictionary."""
    folder = tmp_path_factory.mktemp("jieba")
    whole, few = jieba.Tokenizer(), jieba.Tokenizer(str(search.dictionary(ROOT, folder / "words.txt")))
    for tokenizer in (whole, few):
        tokenizer.tmp_dir = str(folder)
        tokenizer.initialize()
    return whole, few


def test_the_pages_are_cut_as_with_the_whole_dictionary(tokenizers):
    whole, few = tokenizers
    assert few.total == whole.total
    assert len(few.FREQ) < len(whole.FREQ) / 10
    text = "\n".join(page.text for page in Repository().pages["zh"].values())
    for run in set(re.findall("[\u4e00-\u9fff]+", text)):
        assert list(few.cut(run)) == list(whole.cut(run))


def test_a_dictionary_that_says_the_same_is_left_alone(tmp_path):
    for folder in ("docs", "locale", "tables"):
        (tmp_path / folder).mkdir()
    page = tmp_path / "docs" / "one.md"
    page.write_text("提交", "utf-8")
    path = search.dictionary(tmp_path, tmp_path / ".cache" / "words.txt")
    assert "提交 " in path.read_text("utf-8")
    os.utime(path, (1, 1))
    search.dictionary(tmp_path, path)
    assert path.stat().st_mtime == 1
    page.write_text("提交和事务", "utf-8")
    assert "事务 " in search.dictionary(tmp_path, path).read_text("utf-8")


def test_text_without_chinese_needs_no_words():
    assert search.frequencies("a Session is no connection") == {}


def test_the_worker_is_repaired_once():
    repaired = search.repair_worker(f"a{search.DEFECT}b")
    assert repaired == f"a{search.REPAIR}b" == search.repair_worker(repaired)
    with pytest.raises(search.ThemeChanged, match="search worker has changed"):
        search.repair_worker("another script")
