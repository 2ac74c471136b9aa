"""Headings: a page begins with its only title, and every heading has an id of its own."""

import re
from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.pages import Page
from tools.content.repository import Repository
from tools.content.translation import FRONT

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_headings(repository: Repository) -> Iterator[Problem]:
    """A page begins with its title, and every heading has an id of its own."""
    for page in repository.all_pages:
        yield from _title(page)
        yield from _ids(page)


def _title(page: Page) -> Iterator[Problem]:
    if not page.sections or page.sections[0].level != 1:
        yield Problem(page.path, 0, "does not start with a title: write '# Title {#page-id}' first")
    elif any(line.strip() for line in page.body.splitlines()[: page.sections[0].line - 1]):
        yield Problem(page.path, 1, "has text before its title: move it below")
    for section in page.sections[1:]:
        if section.level == 1:
            yield Problem(page.path, section.line, f"'{section.title}' is a second title: write '## {section.title}'")


def _ids(page: Page) -> Iterator[Problem]:
    seen = set()
    for section in page.sections:
        if section.id is None:
            yield Problem(page.path, section.line, f"heading '{section.title}' has no id: append {{#an-id}}")
        elif section.id in seen:
            yield Problem(page.path, section.line, f"id '{section.id}' stands twice: give each its own")
        elif section.id == FRONT or not ID.fullmatch(section.id):
            what = f"id '{section.id}' will not do: write small letters, digits and hyphens"
            yield Problem(page.path, section.line, f"{what}{', but not this name' if section.id == FRONT else ''}")
        seen.add(section.id)
