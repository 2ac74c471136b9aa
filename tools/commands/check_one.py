"""Check one story or one page, in a second or two: `make test STORY=start/three_calls`, `PAGE=start/first-session`.

A story: it runs, its recording is true, its checked comments hold. A page: what tools.checks says of it, and its blocks
run, those of the English page; the Chinese has the very same.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import tempfile
from pathlib import Path

from tools.content.repository import Repository
from tools.run import compare, databases, markers, recordings, variants
from tools.run.page_blocks import PageBlocks, explain
from tools.run.sandbox import ProgramFailed, apart
from tracer import loads


def main(arguments: list[str] | None = None, repository: Repository | None = None) -> int:
    """Print what is wrong, a line each; return the exit status."""
    parser = argparse.ArgumentParser(prog="make test", description="Check one story or one page.")
    parser.add_argument("--story", default="", help="a path below snippets/, or a part of one")
    parser.add_argument("--page", default="", help="a page, as in start/first-session")
    options = parser.parse_args(arguments)
    repository = repository or Repository()
    try:
        place = variants.here()
        databases.check(os.environ.get("DATABASE_URL"))
        said = [*_stories(repository, options.story, place), *_page(repository, options.page)]
    except (variants.AddressError, databases.NoServer, markers.MarkerError) as error:
        said = [str(error)]
    for line in said:
        print(line)
    print(f"problems: {len(said)}" if said else f"{options.story or options.page}: fits together")
    return 1 if said else 0


def _stories(repository: Repository, name: str, place: str) -> list[str]:
    """What is wrong with the stories of this name."""
    stories = [story for story in repository.stories if name and name in "/".join(story.parts[-3:])]
    if name and not stories:
        return [f"no story is called {name}: name one as in make test STORY=start/three_calls"]
    found: list[str] = []
    run = [story for story in stories if markers.read(story).runs_on(place)]
    for story in stories:
        if story not in run:
            found.append(f"{story.name} runs on {', '.join(markers.read(story).needs)} only: set DATABASE_URL")
    for story, result in apart(functools.partial(recordings.recorded_text, root=repository.root), run):
        if isinstance(result, ProgramFailed):
            found.append(str(result))
        elif result:
            recording = loads(result)
            found += filter(None, [compare.problem(story, recording, place)])
            found += recordings.problems(story, recording)
    return found


def _page(repository: Repository, name: str) -> list[str]:
    """What is wrong with a page, in both languages, and with its blocks."""
    if not name:
        return []
    from tools.checks.check import check  # it draws tables, which a story does not need

    name = name.removeprefix("docs/").removeprefix("en/").removesuffix(".md") + ".md"
    page = repository.pages["en"].get(name)
    if page is None:
        return [f"no page is called {name}: name one as in make test PAGE=start/first-session"]
    paths = [pages[name].path for pages in repository.pages.values() if name in pages]
    found = [str(problem) for problem in check(repository) if problem.path in paths]
    for path, result in apart(functools.partial(_run_blocks, root=repository.root), [page.path]):
        assert path == page.path
        found += [str(result)] if isinstance(result, ProgramFailed) else filter(None, [result])
    return found


def _run_blocks(path: Path, root: Path) -> str:
    """Run the blocks of a page in the present folder; return why one failed, or nothing."""
    blocks = PageBlocks(path, root, Path(tempfile.mkdtemp(dir=".")).resolve())
    shown = path.relative_to(root).as_posix()
    while blocks.waiting:
        line = blocks.waiting[0].line
        try:
            blocks.run_up_to(line)
        except Exception as error:
            return explain(shown, line, error, root).strip()
    blocks.dispose()
    return ""


if __name__ == "__main__":
    sys.exit(main())
