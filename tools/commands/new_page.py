"""Start a page: in every language, its story with its recording, its place in the navigation.

    python -m tools.commands.new_page states/my-page en="My page" zh=我的页面
    python -m tools.commands.new_page errors/my-error

The templates are beside this file, their words in locale/. What is written runs as it is, and holds the words SCAFFOLD
wherever its author has something to say: the checks name each of them until they are gone. A title that is not given
is one of them.
"""

import functools
import re
import sys
from pathlib import Path
from string import Template

from tools.checks.files import SCAFFOLD
from tools.checks.front_matter import LABEL, columns
from tools.content import locale, translation, writing
from tools.content.pages import ERRORS, Page
from tools.content.repository import ROOT, SUFFIX, Repository
from tools.run import recordings, variants
from tools.run.sandbox import ProgramFailed, apart

TEMPLATES = Path(__file__).parent / "templates"
REFERENCE = "reference"  # the chapter whose pages show tables
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*")
EXAMPLE = 'make new-page PAGE=states/my-page TITLE="My page" ZH=我的页面, or ERROR=my-error'


class PageError(Exception):
    """A page that cannot be started: one line that says why and what to do."""


def new_page(name: str, titles: dict[str, str], repository: Repository | None = None) -> list[Path]:
    """Write the files of the page `name` (chapter/page, without .md) and return their paths.

    `titles` has titles by language. Raises PageError, and writes nothing, if the name is not of that form, the chapter
    is not in the navigation, a file is already there, or the story cannot be recorded.
    """
    repository = repository or Repository()
    root = repository.root
    if place := variants.here():
        raise PageError(f"a new story is recorded on SQLite and SQLAlchemy 2.1, not on {place}: unset DATABASE_URL")
    if not NAME.fullmatch(name):
        raise PageError(f"'{name}' is no page's name (chapter/page, small letters and hyphens): {EXAMPLE}")
    if unknown := titles.keys() - set(repository.languages):
        raise PageError(f"there are no pages in '{min(unknown)}': {EXAMPLE}")
    chapter = name.split("/")[0]
    if chapter == REFERENCE:
        raise PageError(f"pages of '{REFERENCE}' show tables that programs compute, no story: write docs/en/{name}.md")
    story, pages = _files(name, titles, repository)
    for path in (*story, *pages):
        if path.exists():
            raise PageError(f"{path.relative_to(root)} is already there: choose another name, or edit that file")
    navigation = None if chapter == ERRORS else _navigation(name, repository)

    for path, text in (story | pages).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        writing.write(path, text)
    ((path, recording),) = apart(functools.partial(recordings.recorded_text, root=root), story)
    if isinstance(recording, ProgramFailed):
        for written in (*story, *pages):
            written.unlink()
        raise PageError(str(recording))
    writing.write(path.with_suffix(SUFFIX), recording)
    if navigation:
        writing.write(repository.navigation, navigation)
    _await_translation(name, repository)
    return [path, path.with_suffix(SUFFIX), *pages]


def _files(name: str, titles: dict[str, str], repository: Repository) -> tuple[dict[Path, str], dict[Path, str]]:
    """The story and the pages, with what is to be written into them."""
    kind = "error" if name.startswith(f"{ERRORS}/") else "chapter"
    story = name.replace("-", "_") + ".py"
    shared = {"story": story, "id": name.split("/")[1], "scaffold": SCAFFOLD}
    pages = {}
    for language in repository.languages:
        words = locale.words(language, "new-page", repository.root)
        words = {key: Template(text).substitute(scaffold=SCAFFOLD) for key, text in words.items()}
        if title := titles.get(language, "").strip():
            words["title"] = title
        needs_label = kind == "error" or columns(words["title"]) > LABEL
        words["label"] = f"\nlabel: {words['label']}" if needs_label else ""
        text = _filled(f"{kind}.md", shared | words)
        pages[repository.docs / language / f"{name}.md"] = text
    return {repository.snippets / story: _filled(f"{kind}.py", shared)}, pages


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((TEMPLATES / template).read_text("utf-8")).substitute(words)


def _navigation(name: str, repository: Repository) -> str:
    """The text of mkdocs.yml with the page at the end of its chapter. Raises PageError."""
    chapter = name.split("/")[0]
    lines = repository.navigation.read_text("utf-8").splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if line.strip().startswith(f"- {chapter}/")]
    if not places:
        raise PageError(f"mkdocs.yml has no chapter '{chapter}' in its nav: add the chapter there first")
    indent = lines[places[-1]][: lines[places[-1]].index("-")]
    lines.insert(places[-1] + 1, f"{indent}- {name}.md\n")
    return "".join(lines)


def _await_translation(name: str, repository: Repository) -> None:
    source, *translations = (
        Page(repository.docs / language / f"{name}.md", language, f"{name}.md") for language in repository.languages
    )
    for page in translations:
        record, _ = translation.await_translation(source, page, translation.hashes(source))
        writing.write(page.path, translation.with_record(page, record))


def main(arguments: list[str]) -> int:
    """Return the exit status: 0 written, 2 where the page cannot be started."""
    name, *pairs = arguments or [""]
    titles = dict(pair.partition("=")[::2] for pair in pairs)
    try:
        written = new_page(name, {language: title for language, title in titles.items() if title})
    except (PageError, locale.LocaleError, writing.WriteFailed) as error:
        print(error)
        return 2
    for path in written:
        print(f"wrote {path.relative_to(ROOT)}")
    print("Now write: 'make test' names what is left to do.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
