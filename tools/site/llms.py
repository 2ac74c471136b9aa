"""llms.txt, which says to programs that read what pages there are, and llms-full.txt, which holds them all.

The format is that of llmstxt.org: a title, a quote that sums up, sections of links with what each page answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.site import addresses, settings
from tools.site.addresses import Site


def files(site: Site, pages: dict[str, str], descriptions: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Both files, each with its text. `pages`: their Markdown by name; those outside the navigation are left out."""
    listed = [name for _, name in _chapters(site.nav) if name in pages]
    full = "\n".join(pages[name] for name in listed)
    yield "llms.txt", _index(site, pages, descriptions, len(full.encode()))
    yield "llms-full.txt", full


def _index(site: Site, pages: dict[str, str], descriptions: dict[str, str], size: int) -> str:
    words = locale.words(site.language, "llms")
    address = urljoin(site.address, "llms-full.txt")
    lines = [f"# {site.name}", "", f"> {site.description}", "", words["introduction"].format(address, size // 1000)]
    chapter = ""
    for title, name in _chapters(site.nav):
        if name not in pages:
            continue
        if title != chapter:
            lines += ["", f"## {title or words['start']}", ""]
            chapter = title
        page = urljoin(site.address, addresses.folder(name) + "index.md")
        lines.append(f"- [{_title(pages[name])}]({page}): {descriptions[name]}")
    lines += ["", f"## {words['languages']}", ""]
    root = settings.root(site.address, site.language)
    for language in LANGUAGES:
        if language != site.language:
            other = locale.words(language, "site")["name"]
            lines.append(f"- [{other}]({urljoin(root, settings.folder(language) + 'llms.txt')})")
    return "\n".join(lines) + "\n"


def _title(text: str) -> str:
    return text.split("\n", 1)[0].removeprefix("# ")


def _chapters(nav: list[Any], chapter: str | None = None) -> Iterator[tuple[str | None, str]]:
    """The pages of `nav`, each with its chapter; groups inside of a chapter are not told apart."""
    for entry in nav:
        ((title, pages),) = entry.items() if isinstance(entry, dict) else ((None, entry),)
        if isinstance(pages, list):
            yield from _chapters(pages, chapter or title)
        else:
            yield chapter, pages
