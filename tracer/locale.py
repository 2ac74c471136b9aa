"""The words of drawings and sentences, by language: `locale/en.toml`, `locale/zh.toml`.

A further language is a further file. What a sentence needs beyond words, its grammar, is in `sentences.py`.
"""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable


def folder(name: str) -> Traversable:
    """A folder of the tracer, in a folder or a zip. Not to be kept: that of a zip holds an open file."""
    return files("tracer") / name


def languages() -> list[str]:
    """The languages that there are, in the order of their codes."""
    names = (path.name.removesuffix(".toml") for path in folder("locale").iterdir() if path.name.endswith(".toml"))
    return sorted(name for name in names if "-" not in name)


def words(language: str) -> dict[str, str]:
    """The words of a language, by what they are for. Raises KeyError for a language that there is not."""
    return _read(language)


@functools.cache
def _read(language: str) -> dict[str, str]:
    path = folder("locale") / f"{language}.toml"
    if not path.is_file():
        raise KeyError(f"there are no words in {language}: tracer/locale has {', '.join(languages())}")
    return tomllib.loads(path.read_text("utf-8"))


def rows(count: int, language: str) -> str:
    """So many rows: `1 row`, `2 rows`."""
    return words(language)["one row"] if count == 1 else words(language)["rows"].format(count)


def reason(said: str, language: str, prefix: str = "by") -> str:
    """A recorded reason, or who sends: "lazy load Author.books" → "lazy load of Author.books"."""
    said_in = words(language)
    for kind in ("lazy load", "eager load"):
        if said.startswith(kind):
            return said_in[f"{prefix} {kind}"].format(said[len(kind) + 1 :])
    return said_in.get(f"{prefix} {said}", said)
