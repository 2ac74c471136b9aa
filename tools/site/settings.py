"""The settings in which the languages differ, and that no file says: they follow from where things are."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.site import history, versions

FIRST = LANGUAGES[0]  # its site, of mkdocs.yml, holds those of the other languages, each of a mkdocs.<language>.yml


def addresses(site_url: str, edit_uri: str, language: str) -> tuple[str, str]:
    """The site's address and that of its pages' sources, for one language."""
    suffix = _suffix(language)
    if not site_url.endswith(f"/{suffix}"):
        site_url = urljoin(site_url, suffix)
    return site_url, f"{edit_uri.rstrip('/')}/docs/{language}/"


def repository(edit_uri: str) -> str:
    """The address of the repository, from the one at which its pages are edited."""
    return edit_uri.partition("/edit/")[0]


def extra(site_url: str, edit_uri: str, language: str, only: str) -> dict[str, Any]:
    """What the templates ask for as `config.extra`: addresses, languages with their words, where pages come from.

    `only`: the beginning of the names of the pages that are served; then nothing is asked of git, to be quick.
    """
    words = {each: locale.words(each, "site") for each in LANGUAGES}
    return {
        "root_url": site_url.removesuffix(_suffix(language)),
        "repository": repository(edit_uri),
        "history": {} if only else history.pages(ROOT, language),
        "versions": {"sqlalchemy": versions.sqlalchemy(ROOT), "databases": versions.databases(ROOT)},
        "only": only,
        "language": language,
        "languages": [
            {"id": each, "folder": _suffix(each), "tag": words[each]["tag"], "name": words[each]["name"]}
            for each in LANGUAGES
        ],
        "words": words,
    }


def other_languages(site_dir: str, site_url: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The settings file of each other language, with what changes in it where it is built inside the first."""
    for path in sorted(ROOT.glob("mkdocs.*.yml")):
        language = path.stem.removeprefix("mkdocs.")
        yield str(path), {"site_dir": f"{site_dir}/{language}", "site_url": urljoin(site_url, f"{language}/")}


def _suffix(language: str) -> str:
    return "" if language == FIRST else f"{language}/"
