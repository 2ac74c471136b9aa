"""Which pages are opened in which scheme, size and language: in every one those that changed, the others in turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from zlib import crc32

LANGUAGES = ("en", "zh")
SCHEMES = ("light", "dark")
SIZES = ("desktop", "phone")
WAYS = tuple(product(LANGUAGES, SCHEMES, SIZES))
# A change of more pages than this is one of them all: one of each kind stands for them, until the weekly run.
MOST_CHANGED = 20


@dataclass(frozen=True, order=True)
class Combination:
    """A page, by its name in both languages, and how it is opened."""

    name: str
    language: str
    scheme: str
    size: str

    def __str__(self) -> str:
        return f"{self.language}/{self.name}-{self.scheme}-{self.size}"


def every(names: Iterable[str]) -> list[Combination]:
    """All combinations of all pages."""
    return sorted(Combination(name, *way) for name in names for way in WAYS)


def picked(kinds: Mapping[str, set[str]], changed: Iterable[str]) -> list[Combination]:
    """The combinations to open when there is no time for all of them.

    `kinds`: for each page what it holds, any words. `changed`: names of pages; others than those of `kinds` are left
    out. A page that neither changed nor stands for a kind is opened in one way, which depends on its name alone.
    """
    changed = set(changed) & kinds.keys()
    whole = one_of_each_kind(kinds) | (changed if len(changed) <= MOST_CHANGED else set())
    once = {Combination(name, *WAYS[crc32(name.encode()) % len(WAYS)]) for name in kinds}
    return sorted(once.union(every(whole)))


def one_of_each_kind(kinds: Mapping[str, set[str]]) -> set[str]:
    """Few pages that hold together whatever any page holds: at each step the one that holds most of what is missing."""
    found, missing = set(), set().union(*kinds.values())
    while missing:
        best = max(sorted(kinds), key=lambda name: len(kinds[name] & missing))
        found.add(best)
        missing -= kinds[best]
    return found
