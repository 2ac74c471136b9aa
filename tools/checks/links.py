"""Links between pages, and images. The built site is read for all links by tests/site/test_links.py."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from tools.checks.problem import Problem
from tools.content.pages import ERRORS, Page
from tools.content.prose import CODE
from tools.content.repository import Repository

INDEX = f"{ERRORS}/index.md"
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
ALLOWED = ("https", "mailto")
# What our parser takes for text, and the one that renders pages does not.
UNSAFE = re.compile(r"\]\(\s*<?\s*((?:javascript|vbscript|data):[^)\s]*)", re.IGNORECASE)
LOCAL = re.compile(r"http://(127\.0\.0\.1|localhost)\b")


def check_links(repository: Repository) -> Iterator[Problem]:
    """Every link inside the site leads to a page, and to a heading of it; others are https."""
    for page in repository.all_pages:
        for line, target in [*(link for section in page.sections for link in section.links), *_unsafe(page)]:
            if match := SCHEME.match(target):
                if match[1].lower() not in ALLOWED and not LOCAL.match(target):
                    yield Problem(page.path, line, f"link to '{target}': write an address that begins with https://")
                continue
            path, _, anchor = target.partition("#")
            name = normpath((PurePosixPath(page.name).parent / path).as_posix()) if path else page.name
            there = repository.pages[page.language].get(name)
            if there is None and name == INDEX and any(other.is_error for other in repository.source_pages.values()):
                continue  # made from the pages about errors
            if there is None:
                yield Problem(page.path, line, f"link to '{target}' leads nowhere: no page '{name}'; mend the link")
            elif anchor and anchor not in there.ids and not _draws(there):
                what = f"'{name}' has no heading with id '{anchor}'"
                yield Problem(page.path, line, f"link to '{target}': {what}; mend the link")


def _unsafe(page: Page) -> Iterator[tuple[int, str]]:
    for piece in (piece for section in page.sections for piece in section.pieces):
        yield from ((piece.line, match[1]) for match in UNSAFE.finditer(CODE.sub("", piece.text)))


def _draws(page: Page) -> bool:
    """Whether the page has steps or cells with ids of their own, which only the built site knows."""
    return bool(page.steppers) or any(section.computed for section in page.sections)


def check_images(repository: Repository) -> Iterator[Problem]:
    """Every image is there, and has a text alternative."""
    for page in repository.all_pages:
        for line, target, alternative in (image for section in page.sections for image in section.images):
            if not alternative.strip():
                yield Problem(page.path, line, f"image '{target}' has no text alternative: write ![what it shows]")
            name = normpath((PurePosixPath(page.name).parent / target).as_posix())
            if not (repository.docs / name).is_file():
                remedy = "draw it, or mend the path: a page writes ../assets/figures/name.svg"
                yield Problem(page.path, line, f"no such image as docs/{name}: {remedy}")
