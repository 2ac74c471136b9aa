"""Whether somebody has confirmed that the words of a folder of tables/ say the same in every language.

    [confirmed.zh]
    english = "…"   # hash of all English words
    words = "…"     # hash of all words of this language

Both stand at the end of table.toml. `python -m tools.tables.confirmation NAME…` writes them, with SAME=1 also where the
English has changed and the translation has not.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.content import writing
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.tables.table import parsed

FILE = "table.toml"
SOURCE, *TRANSLATIONS = LANGUAGES
SECTION = re.compile(r"\n*^\[confirmed\.\w+\]\n(?:(?:english|words) = .*\n?)*", re.MULTILINE)


class NotConfirmed(Exception):
    """A confirmation that is refused: one line with the remedy."""


def phrases(said: Any, language: str, within: str = "") -> Iterator[str]:
    """All words of a TOML file in a language, in their order: values of its key, and for English keys of [phrases]."""
    if isinstance(said, dict):
        for key, value in said.items():
            if within == "phrases" and language == SOURCE:
                yield key
            if key == language and isinstance(value, str):
                yield value
            yield from phrases(value, language, key)
    elif isinstance(said, list):
        for value in said:
            yield from phrases(value, language, within)


def digest(folder: Path, language: str) -> str:
    """The hash of all words of a folder's TOML files in a language. Raises OSError, ValueError."""
    texts = [text for path in sorted(folder.glob("*.toml")) for text in phrases(parsed(path, tomllib.loads), language)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def problem(folder: Path) -> str:
    """What is not confirmed, with the remedy; empty if all is. Raises OSError, ValueError."""
    confirmed = parsed(folder / FILE, tomllib.loads).get("confirmed", {})
    remedy = f"compare them, then run make confirm TABLE={folder.name}"
    for language in TRANSLATIONS:
        record = confirmed.get(language)
        record = record if isinstance(record, dict) else {}
        if record.get("english") != digest(folder, SOURCE):
            return f"the words in {SOURCE} have changed since those in {language} were confirmed: {remedy}"
        if record.get("words") != digest(folder, language):
            return f"the words in {language} have changed since they were confirmed: {remedy}"
    return ""


def confirm(folder: Path, same: bool = False) -> None:
    """Write into a folder's table.toml that its words agree.

    Raises NotConfirmed where the English has changed and a translation has not, unless that is still the `same`.
    """
    path, shown = folder / FILE, f"tables/{folder.name}/{FILE}"
    try:
        text, before = path.read_text("utf-8"), parsed(path, tomllib.loads).get("confirmed", {})
        record = ""
        for language in TRANSLATIONS:
            english, words, known = digest(folder, SOURCE), digest(folder, language), before.get(language, {})
            if known.get("words") == words and known.get("english") != english and not same:
                raise NotConfirmed(
                    f"{shown}: the words in {language} have not changed since the English did: translate anew, "
                    f"or run make confirm TABLE={folder.name} SAME=1 if they are still right"
                )
            record += f'\n[confirmed.{language}]\nenglish = "{english}"\nwords = "{words}"\n'
    except (OSError, ValueError) as error:
        raise NotConfirmed(f"{shown}: cannot be read ({error}): mend it") from None
    writing.write(path, SECTION.sub("\n", text).rstrip("\n") + "\n" + record)


def main(names: list[str]) -> int:
    """Confirm the folders of these names; return the exit status."""
    for name in names:
        try:
            confirm(ROOT / "tables" / name, same=bool(os.environ.get("SAME")))
        except (NotConfirmed, writing.WriteFailed) as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
