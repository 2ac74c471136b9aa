"""The settings in which the languages differ, and that no file says: they follow from where things are."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.site import history, versions
from tools.site.addresses import Site

FIRST = LANGUAGES[0]  # its site, of mkdocs.yml, holds those of the other languages, each of a mkdocs.<language>.yml


def addresses(site_url: str, edit_uri: str, language: str) -> tuple[str, str]:
    """The site's address and that of its pages' sources, for one language."""
    suffix = folder(language)
    if not site_url.endswith(f"/{suffix}"):
        site_url = urljoin(site_url, suffix)
    return site_url, f"{edit_uri.rstrip('/')}/docs/{language}/"


def repository(edit_uri: str) -> str:
    """The address of the repository, from the one at which its pages are edited."""
    return edit_uri.partition("/edit/")[0]


def extension(language: str, edit_uri: str) -> dict[str, Any]:
    """The options of tools.site.extension for one language. What it puts in `texts` is new at each build."""
    return {"language": language, "repository": repository(edit_uri), "texts": {}}


def site(said: Mapping[str, Any]) -> Site:
    """The site of one language, from what its settings say."""
    names = (said["site_url"], said["site_name"], said["site_description"])
    return Site(Path(said["site_dir"]), Path(said["docs_dir"]).name, *names, said["nav"])


def extra(site_url: str, edit_uri: str, language: str, only: str) -> dict[str, Any]:
    """What the templates ask for as `config.extra`: addresses, languages with their words, where pages come from.

    `only`: the beginning of the names of the pages that are served; then nothing is asked of git, to be quick.
    """
    words = {each: locale.words(each, "site") for each in LANGUAGES}
    return {
        "root_url": root(site_url, language),
        "repository": repository(edit_uri),
        "history": {} if only else history.pages(ROOT, language),
        "versions": {"sqlalchemy": versions.sqlalchemy(ROOT), "databases": versions.databases(ROOT)},
        "only": only,
        "language": language,
        "languages": [
            {"id": each, "folder": folder(each), "tag": words[each]["tag"], "name": words[each]["name"]}
            for each in LANGUAGES
        ],
        "words": words,
        "search": locale.words(language, "search"),
    }


def other_languages(site_dir: str, site_url: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The settings file of each other language, with what changes in it where it is built inside the first."""
    for path in sorted(ROOT.glob("mkdocs.*.yml")):
        language = path.stem.removeprefix("mkdocs.")
        yield str(path), {"site_dir": f"{site_dir}/{language}", "site_url": urljoin(site_url, f"{language}/")}


def root(site_url: str, language: str) -> str:
    """The address of the site that holds those of all languages, from that of one language."""
    return site_url.removesuffix(folder(language))


def folder(language: str) -> str:
    """The folder of a language's site in the whole one, with a slash at its end: empty for the first language."""
    return "" if language == FIRST else f"{language}/"
