"""What the pages hold, and which of them changed."""

import os
import subprocess
from pathlib import Path

from tools.content.pages import Page
from tools.content.repository import ROOT, Repository


def kind_of(page: Page) -> set[str]:
    """What a page holds that others may not hold, in words."""
    found = {f"front matter {key}" for key in page.meta}
    for section in page.sections:
        found |= {f"fence {fence.language}" for fence in section.fences}
        found |= {f"block {block}" for block in section.blocks}
        found |= {"typed table"} if section.tables else set()
        found |= {"image"} if section.images else set()
    if page.name.endswith("index.md"):
        found.add("index" if "/" in page.name else "home")
    if page.name.startswith("reference/"):  # each is drawn by a program of its own
        found.add(page.name)
    return found - {"front matter description"}


def changed_pages(repository: Repository, files: set[str] | None) -> set[str]:
    """The names of the pages that are made of one of the files; of all pages where the files are not known (None)."""
    return {page.name for page in repository.all_pages if files is None or _made_of(page, files)}


def _made_of(page: Page, files: set[str]) -> bool:
    if f"docs/{page.language}/{page.name}" in files:
        return True
    stories = {include.path for fence in page.fences for include in fence.includes}
    stories |= {fence.story for fence in page.steppers if fence.story}
    tables = {fence.name for section in page.sections for fence in section.fences if fence.language == "table"}
    parts = [f"snippets/{story.removesuffix('.py')}." for story in stories] + [f"tables/{name}/" for name in tables]
    return any(file.startswith(tuple(parts)) for file in files)


def changed_files(root: Path = ROOT) -> set[str] | None:
    """The files that differ from where this branch left main, or on main from the commit before. None: git cannot say.

    BROWSER_BASE names another commit to compare with. The checkout of a pull request has no main, and its first parent
    is what it will be merged into.
    """

    def git(*arguments: str) -> str | None:
        try:
            result = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
        except OSError:  # there is no git
            return None
        return result.stdout.strip() if result.returncode == 0 else None

    head = git("rev-parse", "HEAD")
    bases = [os.environ.get("BROWSER_BASE"), *(git("merge-base", "HEAD", name) for name in ("origin/main", "main"))]
    base = next((found for found in bases if found and found != head), None) or git("rev-parse", "--verify", "HEAD~1")
    if not base:
        return None
    changed, new = git("diff", "--name-only", base, "--"), git("ls-files", "--others", "--exclude-standard")
    return None if changed is None or new is None else {*changed.splitlines(), *new.splitlines()}
