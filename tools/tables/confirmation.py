"""Whether somebody has confirmed that the words of a table say the same in every language.

    [confirmed.zh]
    english = "…"   # hash of all English words
    words = "…"     # hash of all words of this language

`python -m tools.tables.confirmation NAME…` writes this; SAME=1 also where the translation did not change.
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

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT

FILE = "table.toml"
SOURCE, *TRANSLATIONS = LANGUAGES
SECTION = re.compile(r"\n*^\[confirmed\.\w+\]\n(?:(?:english|words) = .*\n?)*", re.MULTILINE)


class NotConfirmed(Exception):
    """A confirmation that is refused: one line with the remedy."""


def phrases(said: Any, language: str) -> Iterator[str]:
    """All words of a table in a language, in their order."""
    for value in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from phrases(value, language)
    if isinstance(said, dict) and isinstance(said.get(language), str):
        yield said[language]


def digest(said: dict[str, Any], language: str) -> str:
    """The hash of all words of a table in a language."""
    return hashlib.sha256("\n".join(phrases(said, language)).encode()).hexdigest()[:12]


def problem(said: dict[str, Any]) -> str:
    """What is not confirmed; empty if all is."""
    for language in TRANSLATIONS:
        record = said.get("confirmed", {}).get(language, {})
        if record.get("english") != digest(said, SOURCE):
            return f"the words in {SOURCE} have changed since those in {language} were confirmed"
        if record.get("words") != digest(said, language):
            return f"the words in {language} have changed since they were confirmed"
    return ""


def confirm(folder: Path, same: bool = False) -> None:
    """Write into a folder's table.toml that its words agree.

    Raises NotConfirmed where the English has changed and a translation has not, unless that still says the same.
    """
    path = folder / FILE
    try:
        text = path.read_text("utf-8")
        said = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise NotConfirmed(f"tables/{folder.name}/{FILE}: cannot be read ({error}): mend it") from None
    record = ""
    for language in TRANSLATIONS:
        english, words = digest(said, SOURCE), digest(said, language)
        before = said.get("confirmed", {}).get(language, {})
        if before.get("words") == words and before.get("english") != english and not same:
            raise NotConfirmed(
                f"tables/{folder.name}/{FILE}: the words in {language} have not changed since: "
                "translate anew, or say SAME=1 if they are still right"
            )
        record += f'\n[confirmed.{language}]\nenglish = "{english}"\nwords = "{words}"\n'
    beside = path.with_suffix(".new")
    beside.write_text(SECTION.sub("\n", text).rstrip("\n") + "\n" + record, "utf-8")
    beside.replace(path)


def main(names: list[str]) -> int:
    """Confirm the tables of these names."""
    for name in names:
        try:
            confirm(ROOT / "tables" / name, same=bool(os.environ.get("SAME")))
        except NotConfirmed as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
