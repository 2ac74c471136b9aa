"""Snippets: what pages show of them, and what a story must be to be shown."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.checks.problem import Problem
from tools.content import snippets
from tools.content.pages import Fence, Page
from tools.content.repository import Repository
from tools.content.snippets import SnippetError
from tools.run import markers
from tools.run.markers import MarkerError, Markers

WIDTH = 68  # columns that a phone shows
STORY_LINES = 40
BLOCK_LINES = 6  # of a story that needs no steps
SERVERS = {"postgresql": "PostgreSQL", "mariadb": "MariaDB"}  # what a story may need, and how a page says so
UNCHECKED = re.compile(r"^\s*# +>")
FOR_ALL = re.compile(r"^@?event\.listens?(?:_for)?\((Engine|Pool|Mapper)\b")  # listens to those of other programs, too


@dataclass(frozen=True)
class Story:
    """What the text of a story says about itself.

    `lines` are the numbers of its lines of code, None where it does not say where it begins.
    """

    lines: list[int] | None
    markers: Markers


def read(path: Path) -> Story:
    """Read what the text of a story says about itself. Markers that cannot be right count as none."""
    lines = snippets.story_lines(path.read_text("utf-8"))
    try:
        return Story(lines, markers.read(path))
    except MarkerError:
        return Story(lines, Markers())


def check_includes(repository: Repository) -> Iterator[Problem]:
    """Every include leads to a section of a snippet."""
    for page in repository.all_pages:
        for fence in page.fences:
            for include in fence.includes:
                if error := repository.faults.get(include):
                    yield Problem(error.path or page.path, error.line or fence.line, error.message)


def check_sections(repository: Repository) -> Iterator[Problem]:
    """The sections of a snippet begin and end as they should."""
    for path in repository.stories:
        try:
            snippets.sections(path)
        except SnippetError as error:
            yield Problem(path, error.line or 0, error.message)


def check_shown(repository: Repository) -> Iterator[Problem]:
    """A page shows the sections of a story in the order of the file, each once."""
    for page in repository.all_pages:
        last: dict[str, int] = {}
        for fence in page.fences:
            for include in fence.includes:
                if not include.section or repository.faults.get(include):
                    continue
                path = repository.snippets / include.path
                here = [section.name for section in snippets.sections(path)].index(include.section)
                if here == last.get(include.path):
                    what = f"shows section '{include.section}' of {include.path} twice: delete one"
                    yield Problem(page.path, fence.line, what)
                elif here < last.get(include.path, -1):
                    what = f"shows section '{include.section}' of {include.path} after a later one"
                    yield Problem(page.path, fence.line, f"{what}: keep the order of the file")
                last[include.path] = max(here, last.get(include.path, -1))


def check_stories(repository: Repository) -> Iterator[Problem]:
    """A story fits a phone and a sitting, and says where it begins."""
    for path in repository.stories:
        text = path.read_text("utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > WIDTH:
                yield Problem(path, number, f"is {len(line)} columns wide: break it at {WIDTH}, for phones")
            if UNCHECKED.match(line):
                yield Problem(path, number, "begins with '# >', which nothing checks: write '#>'")
        story = read(path)
        if story.lines is None:
            yield Problem(path, 0, f"has no line '{snippets.STORY}': write it between the setup and the story")
        elif len(story.lines) > STORY_LINES:
            what = f"tells a story of {len(story.lines)} lines: split it, {STORY_LINES} at most"
            yield Problem(path, story.lines[STORY_LINES], what)


def check_listeners(repository: Repository) -> Iterator[Problem]:
    """A story listens to its own engine: blocks of pages run in one process with the tests that follow."""
    for path in repository.stories:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if found := FOR_ALL.match(line):
                yield Problem(path, number, f"listens to every {found[1]}: name the story's own, as in (engine, …)")


def check_syntax(repository: Repository) -> Iterator[Problem]:
    """Every story is Python."""
    for path in repository.stories:
        try:
            ast.parse(path.read_text("utf-8"))
        except SyntaxError as error:
            yield Problem(path, error.lineno or 1, f"does not parse: {error.msg}; mend it")


def check_steps(repository: Repository) -> Iterator[Problem]:
    """A story is stepped through unless it is short or cannot be recorded. What is stepped through was recorded."""
    stories = {path.relative_to(repository.snippets).as_posix(): read(path) for path in repository.stories}
    for page in repository.all_pages:
        for fence in page.steppers:
            if fence.story is not None:  # else its fence is not well written, which is said elsewhere
                yield from _stepper(page, fence, stories, repository)
        yield from _repeated(page)
        stepped = {fence.story for fence in page.steppers}
        blocks = {include.path: fence.line for fence in page.fences for include in fence.includes if include.section}
        for name, line in blocks.items():
            if name in stories and name not in stepped:
                yield from _block(page, line, name, stories[name])
        for name in {*blocks, *stepped} & stories.keys():
            for server in stories[name].markers.needs:
                if SERVERS[server] not in page.body:
                    what = f"shows {name}, which needs {server}, and does not say so: name {SERVERS[server]}"
                    yield Problem(page.path, 0, what)


def _stepper(page: Page, fence: Fence, stories: dict[str, Story], repository: Repository) -> Iterator[Problem]:
    name, path = fence.story, repository.snippets / fence.story
    if name not in stories:
        what = f"steps through '{name}', which is no story"
        yield Problem(page.path, fence.line, f"{what}: name one below snippets/, such as start/three_calls.py")
        return
    if stories[name].markers.not_recorded:
        yield Problem(page.path, fence.line, f"steps through {name}, which is not recorded: show its blocks instead")
    if opened := fence.options.get("open"):
        lines = path.read_text("utf-8").splitlines()
        if not any(opened in lines[number - 1] for number in stories[name].lines or []):
            yield Problem(page.path, fence.line, f"opens at '{opened}', which no line of {name} says: mend open")


def _repeated(page: Page) -> Iterator[Problem]:
    counted: Counter[str | None] = Counter()
    for fence in page.steppers:
        counted[fence.story] += 1
        if fence.story and counted[fence.story] == 2:
            yield Problem(page.path, fence.line, f"steps through {fence.story} a second time: delete one")


def _block(page: Page, line: int, name: str, story: Story) -> Iterator[Problem]:
    if not story.markers.not_recorded and story.lines is not None and len(story.lines) > BLOCK_LINES:
        what = f"shows {name}, a story of {len(story.lines)} lines, without its steps"
        remedy = f'write a fence ```steps story="{name}" (only {BLOCK_LINES} lines or fewer do without)'
        yield Problem(page.path, line, f"{what}: {remedy}")
