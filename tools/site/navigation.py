"""The list of pages, made from what mkdocs.yml says and from what the pages say of themselves."""

import re
from html import escape
from pathlib import Path
from typing import Any

from tools.content.pages import Page, UnreadableError
from tools.site import error_pages

TITLE = re.compile(r"^# +(?P<title>.*?) *(?:\{[^{}]*\})? *$", re.MULTILINE)


def chapters(nav: list[Any], docs: Path, titles: dict[str, str], only: str = "") -> list[Any]:
    """The setting `nav` for the pages of one language in `docs`.

    A page with a `label` in its front matter is listed by that, the others by their titles. `titles` are those of the
    chapters, by what mkdocs.yml calls them. The errors' chapter is added. With `only`, other pages are left out.
    """
    errors = error_pages.chapter(docs) if wanted(error_pages.FOLDER, only) else None
    return [*_listed(nav, docs, titles, only), *([errors] if errors else [])]


def _listed(nav: list[Any], docs: Path, titles: dict[str, str], only: str) -> list[Any]:
    found: list[Any] = []
    for entry in nav:
        ((title, pages),) = entry.items() if isinstance(entry, dict) else ((None, entry),)
        title = titles.get(title, title)
        if isinstance(pages, list):
            if listed := _listed(pages, docs, titles, only):
                found.append({title: listed})
        elif wanted(pages, only):
            found.append({title: pages} if title else labelled(pages, docs))
    return found


def wanted(name: str, only: str) -> bool:
    """Whether a page is shown where only those whose names begin with `only` are, and the home page."""
    return not only or name == "index.md" or name.startswith(only)


def labelled(name: str, docs: Path) -> str | dict[str, str]:
    """A page as `nav` has it: by its label, if it has one."""
    meta = meta_of(name, docs)
    return {str(meta["label"]): name} if meta.get("label") else name


def meta_of(name: str, docs: Path) -> dict[str, Any]:
    """The front matter of a page; empty where there is none that can be read, or no such page (the checks say so)."""
    page = Page(docs / name, docs.name, name)
    try:
        return page.meta if isinstance(page.meta, dict) else {}
    except (OSError, UnreadableError):
        return {}


def published_meta(meta: dict[str, Any], markdown: str) -> dict[str, str]:
    """What the theme is to know of a page beside its front matter.

    It takes the name in the navigation for the title, so a page with a label says its title again. Neither title nor
    description are escaped by its templates.
    """
    found = {}
    if "description" in meta:
        found["description"] = escape(str(meta["description"]))
    if meta.get("label") and (title := TITLE.search(markdown)):
        found["title"] = escape(title["title"].replace("`", ""))
    return found
