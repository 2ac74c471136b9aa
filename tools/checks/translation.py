"""Translations: the same structure in every language, and a record of what each section was compared with."""

import re
from collections import Counter
from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content import locale, translation
from tools.content.pages import Page, Section
from tools.content.repository import Repository
from tools.content.translation import ALONE, GONE, NEW, OLDER, RecordError

SHOWN = 3  # sections of a page that are named one by one
WHAT = {
    NEW: "was never compared with the English",
    OLDER: "was compared with an older English text",
    ALONE: "was changed since it was compared with the English",
    GONE: "is recorded but gone",
}


def _pairs(repository: Repository) -> Iterator[tuple[Page, Page]]:
    """Every translated page, with the page that it is translated from."""
    for language in repository.translations:
        for name, page in repository.pages[language].items():
            if source := repository.source_pages.get(name):
                yield page, source


def check_same_shape(repository: Repository) -> Iterator[Problem]:
    """Every language has the same headings, and in every section the same code, tables, links and amount of text."""
    for page, source in _pairs(repository):
        here, there = ([section.id for section in one.sections] for one in (page, source))
        if here != there:
            differing = next((pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]), None)
            what = f"'{differing[0]}' here, '{differing[1]}' there" if differing else f"{len(here)} and {len(there)}"
            where = f"docs/{source.language}/{source.name}"
            yield Problem(page.path, 0, f"headings differ from {where} ({what}): same ids in the same order, please")
            continue
        waiting = translation.awaiting_on(page)
        free = set(locale.prose(page.language, repository.root).get("code", ()))
        for mine, other in zip(page.sections, source.sections, strict=True):
            differences = _structure(mine, other, page.language)
            if mine.id not in waiting:  # what one can set right only by translating
                differences |= _text(mine, other, free)
            for part, (found, expected) in differences.items():
                where = f"docs/{source.language}/{source.name}:{other.line}"
                what = f"{part} of section '{mine.id}' differ from {where}: {found} here, {expected} there"
                yield Problem(page.path, mine.line, f"{what}; make them equal")


def _structure(mine: Section, other: Section, language: str) -> dict[str, tuple[object, object]]:
    """What both sections must have alike, even where one awaits translation: each part that differs, here and there.

    A command may ask for its own language.
    """
    asked = f" --lang {language}"

    def parts(section: Section) -> dict[str, object]:
        return {
            "levels": section.level,
            "includes": [str(include) for fence in section.fences for include in fence.includes],
            "steps": [fence.options for fence in section.fences if fence.language == "steps"],
            "computed": [f"{fence.language} {fence.name}" for fence in section.computed],
            "blocks": section.blocks,
            "images": [target for _, target, _ in section.images],
            "commands": [fence.text.replace(asked, "") for fence in section.fences if fence.language == "sh"],
        }

    return _differing(parts(mine), parts(other))


def _text(mine: Section, other: Section, free: set[str]) -> dict[str, tuple[object, object]]:
    """What the words of both sections must have alike. `free` is code that a language may add in its sentences."""

    def parts(section: Section) -> dict[str, object]:
        return {
            "tables": section.tables,
            "links": sorted(target for _, target in section.links),
            "list items": _count(section, "item"),
            "titles of blocks": _count(section, "title"),
        }

    found = _differing(parts(mine), parts(other))
    paragraphs = _count(mine, "paragraph"), _count(other, "paragraph")
    if abs(paragraphs[0] - paragraphs[1]) > 1:
        found["paragraphs"] = paragraphs
    here, there = _code(mine), _code(other)
    added = sorted(code for code in here - there - free if not _is_said(code, other))
    missing = sorted(code for code in there - free if not any(code in other for other in here))
    if added or missing:
        found["inline code"] = (", ".join(added) or "no more", ", ".join(missing) or "no more")
    return found


def _is_said(code: str, section: Section) -> bool:
    """Whether the words of a section name what the other language writes as code: `add()` for "add"."""
    text = section.text.lower()
    return all(word in text for word in re.findall(r"\w+", code.removesuffix(".py").lower()))


def _differing(here: dict[str, object], there: dict[str, object]) -> dict[str, tuple[object, object]]:
    return {part: (here[part], expected) for part, expected in there.items() if here[part] != expected}


def _count(section: Section, kind: str) -> int:
    return sum(piece.kind == kind for piece in section.pieces)


def _code(section: Section) -> set[str]:
    return set().union(*(piece.code for piece in section.pieces))


def check_record(repository: Repository) -> Iterator[Problem]:
    """Every translated section was compared with its source as both stand now."""
    for page, source in _pairs(repository):
        if not isinstance(page.meta, dict):
            continue  # which is said of its front matter
        try:
            differences = translation.differences(source, page)
        except RecordError as error:
            yield Problem(page.path, error.line, str(error))
            continue
        for kind, number in Counter(kind for _, kind in differences).items():
            sections = [section for section, other in differences if other == kind]
            if number > SHOWN:
                what = f"{number} of its sections: each {WHAT[kind]}: {_remedy(page.name, kind)}"
                yield Problem(page.path, 0, what)
                continue
            lines = {section.id: section.line for section in page.sections}
            for section in sections:
                what = f"section '{section}' {WHAT[kind]}: {_remedy(f'{page.name}#{section}', kind)}"
                yield Problem(page.path, lines.get(section, 1), what)


def _remedy(name: str, kind: str) -> str:
    if kind == GONE:
        return f"run 'make confirm PAGE={name}'"
    other = "" if kind == ALONE else f" (or 'make awaiting PAGE={name}' if you do not read this language)"
    return f"compare the two, then run 'make confirm PAGE={name}'{other}"
