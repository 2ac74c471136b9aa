"""Say that a translation fits the source again, or leave that to somebody else: `make confirm`, `make awaiting`.

    python -m tools.commands.confirm confirm PAGE…     the translations of these sections fit the source again
    python -m tools.commands.confirm awaiting PAGE…    these sections, where out of step, await translation
    python -m tools.commands.confirm status            what is out of step, or awaits translation

PAGE is a page's name, `states/five-states.md`, or one section of it, `states/five-states.md#pending`. It stands for
every language, and `docs/zh/states/five-states.md` for one. `confirm` takes `--same` where the translation was right
as it was, and `--table NAME` for the words of a table.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.content import translation, writing
from tools.content.pages import LANGUAGE, SOURCE, Page
from tools.content.repository import ROOT, Repository
from tools.content.translation import RecordError

NAME = re.compile(rf"(?:docs/(?P<language>{LANGUAGE.pattern})/)?(?P<page>[a-z0-9/-]+\.md)(?:#(?P<section>[\w-]+))?")
EXAMPLE = "make confirm PAGE=start/first-session.md, or a section of it, PAGE=start/first-session.md#flush"


class ConfirmError(Exception):
    """What cannot be confirmed: one line with the remedy."""


def chosen(repository: Repository, names: Iterable[str]) -> list[tuple[Page, Page, list[str]]]:
    """Return (source page, translated page, sections) for every page that the names stand for.

    Raises ConfirmError.
    """
    found: dict[Path, tuple[Page, Page, list[str]]] = {}
    for name in names:
        match = NAME.fullmatch(name)
        if not match:
            raise ConfirmError(f"'{name}' is no page's name (small letters, digits, hyphens): {EXAMPLE}")
        source = repository.source_pages.get(match["page"])
        if source is None:
            raise ConfirmError(f"there is no page docs/{SOURCE}/{match['page']}: {EXAMPLE}")
        wanted = {match["language"]} - {None, SOURCE} or set(repository.translations)
        for language in sorted(wanted):
            page = repository.pages.get(language, {}).get(match["page"])
            if page is None:
                raise ConfirmError(f"there is no page docs/{language}/{match['page']}: write it first")
            if not isinstance(page.meta, dict):
                raise ConfirmError(f"docs/{language}/{page.name}: its front matter cannot be read: see make test")
            known = list(dict.fromkeys([*translation.hashes(source), *_recorded(page)]))
            if match["section"] and match["section"] not in known:
                raise ConfirmError(f"{match['page']} has no section '{match['section']}': it has {', '.join(known)}")
            _, _, sections = found.setdefault(page.path, (source, page, []))
            sections += [
                section for section in known if match["section"] in (None, section) and section not in sections
            ]
    return list(found.values())


def confirm(repository: Repository, names: Iterable[str], same: bool = False) -> tuple[list[str], list[str]]:
    """Confirm sections. Return a line for each that was, and for each that was refused. Raises ConfirmError."""
    done, refused = [], []
    for source, page, sections in chosen(repository, names):
        record, changed, untouched = translation.confirm(source, page, sections, same)
        _write(page, record, changed)
        done += _shown(page, changed)
        refused += [
            f"{where}: the English changed, this did not: mend it, or if it fits, make confirm PAGE={where} SAME=1"
            for where in _shown(page, untouched)
        ]
    return done, refused


def await_translation(repository: Repository, names: Iterable[str]) -> list[str]:
    """Leave sections to somebody else. Return a line for each. Raises ConfirmError."""
    done = []
    for source, page, sections in chosen(repository, names):
        record, changed = translation.await_translation(source, page, sections)
        _write(page, record, changed)
        done += _shown(page, changed)
    return done


def status(repository: Repository) -> Iterator[str]:
    """A line for each section that is out of step or awaits translation."""
    for language in repository.translations:
        for name, page in repository.pages[language].items():
            waiting = translation.awaiting_on(page)
            yield from (
                f"docs/{language}/{name}#{section}: awaits translation: translate it, then "
                f"make confirm PAGE={name}#{section}"
                for section in translation.hashes(page)
                if section in waiting
            )
            source = repository.source_pages.get(name)
            differences = translation.differences(source, page) if source else []
            yield from (
                f"docs/{language}/{name}#{section}: is out of step, see make test" for section, _ in differences
            )


def confirm_table(name: str, same: bool = False, root: Path = ROOT) -> list[str]:
    """Confirm the words of the table in tables/`name`. Return a line that says so. Raises ConfirmError."""
    folder = root / "tables" / name
    if not (folder / "table.toml").is_file():
        raise ConfirmError(f"there is no tables/{name}/table.toml: name a folder of tables/, as in TABLE=rollback")
    from tools.tables import confirmation  # here, because all else does without the tables

    try:
        confirmation.confirm(folder, same)
    except confirmation.NotConfirmed as error:
        raise ConfirmError(str(error)) from None
    return [f"tables/{name}"]


def _recorded(page: Page) -> list[str]:
    try:
        return list(translation.read_record(page))
    except RecordError as error:
        raise ConfirmError(f"docs/{page.language}/{page.name}:{error.line}: {error}") from None


def _write(page: Page, record: dict[str, translation.Entry], changed: list[str]) -> None:
    if changed:
        writing.write(page.path, translation.with_record(page, record))


def _shown(page: Page, sections: Iterable[str]) -> list[str]:
    return [f"docs/{page.language}/{page.name}#{section}" for section in sections]


def main(arguments: list[str], repository: Repository | None = None) -> int:
    """Return the exit status: 0 done, 1 something is left to do, 2 a name that is none."""
    parser = argparse.ArgumentParser(prog="python -m tools.commands.confirm", usage=__doc__)
    parser.add_argument("command", choices=("confirm", "awaiting", "status"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--table", default="")
    asked = parser.parse_intermixed_args(arguments)
    repository = repository or Repository()
    names = [name for name in asked.names if name]
    refused: list[str] = []
    try:
        writing.remove_left_behind(repository.docs, repository.root / "tables")
        if asked.command == "status":
            refused = list(status(repository))
            done = [] if refused else ["every translation fits the source"]
        elif not names and not asked.table:
            raise ConfirmError(f"no page is named: {EXAMPLE.replace('confirm', asked.command)}")
        elif asked.command == "awaiting":
            done = await_translation(repository, names)
        else:
            done, refused = confirm(repository, names, asked.same)
            done += confirm_table(asked.table, asked.same, repository.root) if asked.table else []
    except (ConfirmError, RecordError, writing.WriteFailed) as error:
        print(error)
        return 2
    print("\n".join([*done, *refused]) or "nothing to change")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
