"""Let jieba cut the site's Chinese without reading the 350 000 words of its dictionary that the site never uses."""

import functools
import re
from pathlib import Path

import jieba

from tools.site import cache

TOTAL = 60_101_967  # of all frequencies in jieba's dictionary: a word weighs its share of it
RUN = re.compile("[\u4e00-\u9fff]+")


def frequencies(text: str) -> dict[str, int]:
    """Return how often jieba's dictionary has seen each word that may stand in `text`, 0 for beginnings of words.

    Only words of the text's own characters, the first two of them side by side, can stand in it.
    """
    runs = RUN.findall(text)
    characters = "".join(sorted(set("".join(runs))))
    if not characters:
        return {}
    beginnings = set(characters).union(run[i : i + 2] for run in runs for i in range(len(run)))
    dictionary = "\n" + Path(jieba.__file__).with_name(jieba.DEFAULT_DICT_NAME).read_text("utf-8")
    words = re.findall(rf"\n([{characters}]+) (\d+)", dictionary)
    found = {word: int(frequency) for word, frequency in words if word[:2] in beginnings}
    return dict.fromkeys((word[:length] for word in found for length in range(1, len(word))), 0) | found


def load(text: str) -> None:
    """Give jieba's own tokenizer, which the search plugin uses, the words that may stand in `text`.

    They are looked up when the first run has to be cut that no build has cut before.
    """

    @functools.cache
    def tokenizer() -> jieba.Tokenizer:
        jieba.dt.FREQ, jieba.dt.total, jieba.dt.initialized = frequencies(text), TOTAL, True
        return jieba.dt

    def cut(run: bytes) -> list[str]:
        return cache.builds.get(lambda: list(tokenizer().cut(run)), jieba.__version__, run.decode())

    jieba.cut = cut
