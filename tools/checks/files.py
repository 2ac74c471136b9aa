"""Files: their encoding and names, the same pages in every language, and each page in the navigation."""

import re
from collections.abc import Iterator

import yaml

from tools.checks.problem import Problem
from tools.content.pages import ERRORS, SOURCE
from tools.content.repository import Repository, is_text

SCAFFOLD = "WRITE THIS"  # what tools/commands/new_page.py leaves for the author
NAME = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)*[a-z0-9]+(-[a-z0-9]+)*\.md")
NAVIGATION = re.compile(r"^ *- (?:[^:]+: )?['\"]?([\w/ .-]+\.md)['\"]? *(?:#.*)?$")
CHAPTER = re.compile(r"^  - (?:(?P<group>[^:#]+): *(?:#.*)?|(?P<title>[^:#]+): .*\.md.*)$")


class _Settings(yaml.SafeLoader):
    """Reads settings of mkdocs, in which `!ENV` and the like stand for values that we do not need."""


_Settings.add_multi_constructor("!", lambda loader, suffix, node: None)


def check_encoding(repository: Repository) -> Iterator[Problem]:
    """Everything that is read as text is UTF-8. What is not is left out of the other checks."""
    files = [path for path in repository.files if path.suffix in (".md", ".py", ".jsonl", ".json", ".toml")]
    for path in [*files, repository.navigation]:
        if not is_text(path):
            yield Problem(path, 0, "is not UTF-8: save it as UTF-8")


def check_names(repository: Repository) -> Iterator[Problem]:
    """Pages are files whose names do for an address."""
    for language in repository.languages:
        folder = repository.docs / language
        for path in sorted(folder.rglob("*.md")):
            name = path.relative_to(folder).as_posix()
            if path.is_dir():
                yield Problem(path, 0, "is a folder that is named like a page: rename it")
            elif not NAME.fullmatch(name):
                yield Problem(path, 0, f"'{name}' is no page's name: write small letters, digits and hyphens")


def check_twins(repository: Repository) -> Iterator[Problem]:
    """Every page is there in every language."""
    for page in repository.all_pages:
        for language in repository.languages:
            if not (repository.docs / language / page.name).is_file():
                what = f"is missing in another language: write docs/{language}/{page.name}"
                yield Problem(page.path, 0, what)


def check_navigation(repository: Repository) -> Iterator[Problem]:
    """The navigation names every page once, but those about errors, and has a title in every language."""
    if not is_text(repository.navigation):
        return
    named: set[str] = set()
    lines = repository.navigation.read_text("utf-8").splitlines()
    start = lines.index(next((line for line in lines if line.startswith("nav:")), lines[-1])) if lines else 0
    titles = {language: _titles(repository, language) for language in repository.translations}
    for number, line in enumerate(lines[start:], start + 1):
        if match := NAVIGATION.match(line):
            name = match[1]
            if name in named:
                yield Problem(repository.navigation, number, f"nav names {name} a second time: delete one")
            elif not (repository.docs / SOURCE / name).is_file():
                yield Problem(repository.navigation, number, f"nav names {name}, which is no page: mend it")
            named.add(name)
        if match := CHAPTER.match(line):
            chapter = match["group"] or match["title"]
            for language, known in titles.items():
                if known is not None and chapter not in known:
                    what = f"nav's '{chapter}' has no title in {language}"
                    yield Problem(repository.navigation, number, f"{what}: write it in mkdocs.{language}.yml")
    for name, page in repository.source_pages.items():
        if name not in named and not page.is_error and name != f"{ERRORS}/index.md":
            yield Problem(repository.navigation, 0, f"nav does not name {name}: add it under its chapter")


def _titles(repository: Repository, language: str) -> dict | None:
    """The titles of chapters in a language; None where its settings are missing or no text."""
    path = repository.root / f"mkdocs.{language}.yml"
    if not path.is_file() or not is_text(path):
        return None
    try:
        return yaml.load(path.read_text("utf-8"), _Settings)["extra"]["chapters"]
    except (yaml.YAMLError, KeyError, TypeError):
        return {}


def check_scaffold(repository: Repository) -> Iterator[Problem]:
    """Nothing is left of what tools/commands/new_page.py wrote for the author to replace."""
    for path in [page.path for page in repository.all_pages] + repository.stories:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if SCAFFOLD in line:
                yield Problem(path, number, f"still says '{SCAFFOLD}': write what belongs there")
