"""The words that programs say to readers, by language: locale/en.toml, locale/zh.toml.

Words that belong to one table or to the tracer lie beside those.
"""

import functools
import tomllib
from pathlib import Path
from typing import Any

from tools.content.repository import ROOT


class LocaleError(Exception):
    """A file of words that cannot be read: one line that names it and the remedy."""


class MissingError(LocaleError):
    """A section that a file of words does not have."""


def words(language: str, section: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the words of one section, such as `site`, in a language. Raises LocaleError."""
    path = root / "locale" / f"{language}.toml"
    try:
        return _read(path, path.stat().st_mtime_ns)[section]
    except (OSError, ValueError) as error:
        raise LocaleError(f"locale/{language}.toml: cannot be read ({error}): mend it") from None
    except KeyError:
        raise MissingError(f"locale/{language}.toml: has no section [{section}]: write it, as in en.toml") from None


def prose(language: str, root: Path = ROOT) -> dict[str, Any]:
    """Return how a language is written, from its section `prose`; empty where it says nothing. Raises LocaleError."""
    if not (root / "locale" / f"{language}.toml").is_file():
        return {}
    try:
        return words(language, "prose", root)
    except MissingError:
        return {}


@functools.lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> dict[str, dict[str, Any]]:
    """The sections of a file, read again only when it has changed."""
    return tomllib.loads(path.read_text("utf-8"))
