"""The search that comes with the theme: its repair, and the words of our Chinese pages.

The repair is one of three exceptions to the rule that nothing of a dependency is patched; the others are in
docs/assets/search.js. All three go with the theme's search.
"""

import functools
import re
from pathlib import Path

import jieba

from tools.content.repository import ROOT

# The theme's worker never looks at a query's last character (`<` where `<=` is meant), so that 会话 is searched as 会.
DEFECT = "o<t.length;o++)t.slice(s,o)in e"
REPAIR = "o<=t.length;o++)t.slice(s,o)in e"

DICTIONARY = ROOT / ".cache" / "chinese-words.txt"
TOTAL = 60_101_967  # of all frequencies in jieba's dictionary: a word weighs its share of it
FILLER = "\ufffd"  # stands for all words that are left out
HAN = re.compile("[\u4e00-\u9fff]+")


class ThemeChanged(Exception):
    """The theme no longer holds a text that we mend: one line that says which."""


def repair_worker(script: str) -> str:
    """The theme's search worker, repaired. Raises ThemeChanged where neither defect nor repair is found."""
    if DEFECT not in script and REPAIR not in script:
        raise ThemeChanged("the theme's search worker has changed: check Chinese search, then tools/site/search.py")
    return script.replace(DEFECT, REPAIR)


def dictionary(root: Path = ROOT, path: Path = DICTIONARY) -> Path:
    """Write the dictionary for the search plugin's `jieba_dict` and return its path.

    It holds what jieba's own holds of the words that may stand in the pages: a thirtieth, which loads in no time.
    The file is left alone where it says the same already, for jieba keeps what it has read until the file changes.
    """
    text = "\n".join(file.read_text("utf-8", "replace") for file in _sources(root))
    words = dict(frequencies(text))
    words[FILLER] = TOTAL - sum(words.values())
    content = "".join(f"{word} {frequency}\n" for word, frequency in sorted(words.items()))
    if not path.is_file() or path.read_text("utf-8") != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return path


@functools.lru_cache(maxsize=1)  # asked for by each language of a build, and at every change while pages are served
def frequencies(text: str) -> dict[str, int]:
    """How often jieba's dictionary has seen each word that may stand in `text`.

    Only words of the text's own characters, the first two of them side by side, can stand in it.
    """
    runs = HAN.findall(text)
    characters = "".join(sorted(set("".join(runs))))
    if not characters:
        return {}
    beginnings = set(characters).union(run[i : i + 2] for run in runs for i in range(len(run)))
    everything = "\n" + Path(jieba.__file__).with_name(jieba.DEFAULT_DICT_NAME).read_text("utf-8")
    words = re.findall(rf"\n([{characters}]+) (\d+)", everything)
    return {word: int(frequency) for word, frequency in words if word[:2] in beginnings}


def _sources(root: Path) -> list[Path]:
    """The files whose words may stand in the pages."""
    places = (("docs", "*.md"), ("tables", "*.toml"), ("locale", "*.toml"))
    return sorted(path for folder, pattern in places for path in (root / folder).rglob(pattern))
