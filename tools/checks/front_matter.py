"""Front matter: the keys that pages may have, and what they hold."""

import re
import unicodedata
from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.pages import Page
from tools.content.repository import Repository
from tools.content.translation import RECORD

KEYS = ("description", "label", "keywords", "hide", "long")
ERROR_KEYS = ("class", "message", "story", "code", "since")  # all but the last two must be there
OPTIONAL = ("code", "since")
SHARED = ("hide", *ERROR_KEYS)  # that are the same in every language
HOME = "index.md"  # whose label is in mkdocs.yml
LABEL = 28  # columns that the navigation shows
CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)")


def columns(text: str) -> int:
    """How wide a text is: a Han character is two columns."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def check_front_matter(repository: Repository) -> Iterator[Problem]:
    """Front matter can be read, has the keys that it must have, and no others."""
    for page in repository.all_pages:
        conflicts = [number for number, line in enumerate(page.front.splitlines(), 2) if CONFLICT.match(line)]
        if conflicts:
            what = "holds a merge that is not settled: keep one of each two lines, then run make confirm for this page"
            yield Problem(page.path, conflicts[0], what)
        elif not isinstance(page.meta, dict):
            yield Problem(page.path, 1, "has front matter that is no YAML of names and values: quote what has a colon")
        else:
            translated = page.language in repository.translations
            yield from _keys(page, translated)
            yield from _values(page)
            if page.is_error:
                yield from _class(page)
                yield from _story(page, repository)
            if translated:
                yield from _same(page, repository.source_pages.get(page.name))


def _keys(page: Page, translated: bool) -> Iterator[Problem]:
    allowed = [*KEYS, *(ERROR_KEYS if page.is_error else ())]
    for number, line in enumerate(page.front.splitlines(), 2):
        key = re.match(r"([^\s:#-][^:]*):", line)
        if key and key[1].strip("\"'") not in (*allowed, *([RECORD] if translated else [])):
            yield Problem(page.path, number, f"front matter has no key '{key[1]}': it has {', '.join(allowed)}")
    if not page.meta.get("description"):
        yield Problem(page.path, 1, "has no description: write one sentence of front matter (description: …)")
    for key in ERROR_KEYS if page.is_error else ():
        if key not in OPTIONAL and not page.meta.get(key):
            yield Problem(page.path, 1, f"is about an error and has no '{key}' in its front matter: write it")


def _values(page: Page) -> Iterator[Problem]:
    label, title = page.meta.get("label"), page.sections[0].title if page.sections else ""
    if label is not None and not 0 < columns(str(label)) <= LABEL:
        what = f"label is {columns(str(label))} columns wide: {LABEL} at most, and a Han character is two"
        yield Problem(page.path, 1, what)
    elif label is None and columns(title) > LABEL and page.name != HOME:
        what = f"title is {columns(title)} columns wide: write a label of at most {LABEL} for the navigation (label: …)"
        yield Problem(page.path, page.sections[0].line, what)
    for key, value in page.meta.items():
        expected = list if key in ("hide", "keywords") else str
        if key == "message" and isinstance(value, list) and all(isinstance(text, str) for text in value):
            continue  # an error may have several wordings
        if key in (*KEYS, *ERROR_KEYS) and value is not None and not isinstance(value, expected):
            what = "a list, such as [one, two]" if expected is list else "one text: put it between quotes"
            yield Problem(page.path, 1, f"front matter's '{key}' is not {what}")


def _class(page: Page) -> Iterator[Problem]:
    name = str(page.meta.get("class") or "")
    if name and not re.fullmatch(r"[A-Z]\w+", name):
        yield Problem(
            page.path, 1, f"front matter's class '{name}' is no bare name: write one like DetachedInstanceError"
        )


def _story(page: Page, repository: Repository) -> Iterator[Problem]:
    story = str(page.meta.get("story") or "")
    if story and not (repository.snippets / story).is_file():
        what = f"no such story as snippets/{story}: name one below snippets/, such as errors/pending_rollback.py"
        yield Problem(page.path, 1, what)


def _same(page: Page, source: Page | None) -> Iterator[Problem]:
    there = source.meta if source and isinstance(source.meta, dict) else page.meta
    for key in SHARED:
        if page.meta.get(key) != there.get(key):
            what = f"front matter's '{key}' is '{page.meta.get(key)}' here, '{there.get(key)}' there"
            yield Problem(page.path, 1, f"{what}, in docs/{source.language}/{page.name}: make them equal")
