"""The words of a folder of tables/, side by side in each language, as its table.toml holds them.

    [words]                                       # what the template says, by name
    no-sql = { en = "no SQL", zh = "不发 SQL" }

    [phrases]                                     # what the data say, by their English
    "any query" = { zh = "任意查询" }

Words may hold `code` and {states}; confirmation.py says whether the translations still fit the English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.tables.table import MARK, TableError, marked, shown

SOURCE = LANGUAGES[0]
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
