"""The words of a folder of tables/, in each language, and whether the translations of the English are confirmed.

In table.toml, side by side:

    [words]                                       # what the template says, by name
    no-sql = { en = "no SQL", zh = "不发 SQL" }

    [phrases]                                     # what the data say, by their English
    "any query" = { zh = "任意查询" }

    [confirmed]                                   # of the English that each language was last compared with
    zh = "5f1d0c2ab37e9946"

`python -m tools.tables.words NAME …` confirms: the translations say the same as the English.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.tables.table import MARK, TableError, marked, shown

SOURCE, *OTHERS = LANGUAGES
LETTER = re.compile(r"[A-Za-z]")


class Words:
    """The words of one table.toml (`path`, read as `settings`) in a language. Its methods raise TableError."""

    def __init__(self, path: Path, settings: dict[str, Any], language: str) -> None:
        self.path, self.language = path, language
        self._words, self._phrases = settings.get("words", {}), settings.get("phrases", {})
        self.marks: dict[str, str] = locale.words(language, "tables")

    def plain(self, name: str) -> str:
        """The word of a name, its marks untouched."""
        if name not in self._words:
            raise TableError(f"{shown(self.path)}: has no word '{name}': add it below [words]")
        try:
            return self._words[name][self.language]
        except KeyError:
            raise TableError(f"{shown(self.path)}: '{name}' has no {self.language}: add it") from None

    def plain_phrase(self, phrase: str) -> str:
        """What the data say in English, in the language, its marks untouched. Code alone needs no translation."""
        known = self._phrases.get(phrase, {})
        if self.language == SOURCE or not LETTER.search(MARK.sub("", phrase)):
            return known.get(self.language, phrase)
        if self.language not in known:
            raise TableError(f"{shown(self.path)}: has no {self.language} for '{phrase}': add it below [phrases]")
        return known[self.language]

    def say(self, name: str, *parts: object) -> Markup:
        """The word of a name as HTML, each {} in it filled with one of `parts`."""
        return _filled(marked(self.plain(name), self.language), parts)

    def phrase(self, phrase: str) -> Markup:
        """What the data say, as HTML."""
        return marked(self.plain_phrase(phrase), self.language)

    def list(self, parts: Iterable[object]) -> Markup:
        """Parts with the language's comma between them."""
        return Markup(self.marks["comma"]).join(parts)


def _filled(drawn: Markup, parts: Iterable[object]) -> Markup:
    first, *rest = str(drawn).split("{}")
    for part, text in zip(parts, rest, strict=True):
        first += str(escape(part)) + text
    return Markup(first)


# The confirmation of translations.


def english(tree: Any, within: str = "") -> Iterator[str]:
    """Every English text of a TOML file: the values of `en`, and the keys of [phrases]."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if within == "phrases":
                yield key
            if key == SOURCE and isinstance(value, str):
                yield value
            yield from english(value, key)
    elif isinstance(tree, list):
        for value in tree:
            yield from english(value, within)


def digest(folder: Path) -> str:
    """The hash of all English texts of a folder. Raises TOMLDecodeError."""
    texts = [text for path in sorted(folder.glob("*.toml")) for text in english(tomllib.loads(path.read_text("utf-8")))]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def problems(tables: Path = ROOT / "tables") -> Iterator[str]:
    """The folders whose translations are not confirmed, and those that cannot be read, a line each."""
    for path in sorted(tables.glob("*/table.toml")):
        try:
            settings, now = tomllib.loads(path.read_text("utf-8")), digest(path.parent)
        except ValueError as error:
            yield f"{shown(path)}: {error}; mend it"
            continue
        for language in OTHERS:
            if settings.get("confirmed", {}).get(language) != now:
                what = f"its English changed since its {language} was confirmed"
                yield f"{shown(path)}: {what}: compare them, then run python -m tools.tables.words {path.parent.name}"


def confirm(path: Path) -> None:
    """Write into a table.toml that its translations say what its English says now."""
    text, now = path.read_text("utf-8"), digest(path.parent)
    if "\n[confirmed]\n" not in text:
        text = f"{text.rstrip()}\n\n[confirmed]\n"
    head, mark, rest = text.rpartition("\n[confirmed]\n")
    for language in OTHERS:
        line = f'{language} = "{now}"'
        rest, found = re.subn(rf"^{language} = .*$", line, rest, flags=re.MULTILINE)
        rest = rest if found else f"{line}\n{rest}"
    path.write_text(head + mark + rest, "utf-8")


def main(names: list[str], tables: Path = ROOT / "tables") -> int:
    """Confirm the folders named; return the exit status."""
    for name in names:
        path = tables / name / "table.toml"
        if not path.is_file():
            print(f"there is no {shown(path)}: name folders of tables/, as in python -m tools.tables.words states")
            return 1
        confirm(path)
        print(f"{shown(path)}: its translations are confirmed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
