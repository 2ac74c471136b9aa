"""Check that pages, translations and snippets fit together: `python -m tools.checks`.

Every fault is one line: the file, what is wrong, what to do. mkdocs and the tests use the same checks.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath

from tools.checks import error_messages
from tools.checks.problem import Problem
from tools.checks.proofs import check_proofs
from tools.content import snippets, translation
from tools.content.pages import COMPUTED, LANGUAGES, Page, UnreadableError
from tools.content.repository import Repository
from tools.content.snippets import SnippetError
from tools.run import story_files, variants
from tools.tables import proven, registry
from tools.tables.table import TableError
from tracer.facts import SIGN

WIDTH = 68  # columns that a phone shows
STORY_LINES = 40
SCAFFOLD = "WRITE THIS"  # what tools/commands/new_page.py leaves for the author
NAVIGATION = re.compile(r"^ *- (?:[^:]+: )?([\w/-]+\.md) *$")
DRAWN = ("steps", *COMPUTED)
LANGUAGES_OF_FENCES = ("python", "sh", *DRAWN)
HEADER = re.compile(
    r'steps story="[^"]+"( open="[^"]+"( nth="[1-9]\d*")?)?|(table|map|predict) name="[^"]+"'
)  # of a fence that draws
UNSEEN_BLOCK = re.compile(r"^\s*(!!!|\?\?\?\+?|===\+?!?) ")
PARAGRAPH = 40  # letters, from which on a paragraph without Chinese is no name
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_PUNCTUATION = re.compile(r"[\u4e00-\u9fff`*)\]][,.;:!?]\s*$")


def check_twins(repository: Repository) -> Iterator[Problem]:
    """Every page is there in both languages."""
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        for name, page in repository.pages[language].items():
            if name not in repository.pages[other]:
                yield Problem(page.path, 0, f"is missing in the other language: write docs/{other}/{name}")


def check_navigation(repository: Repository) -> Iterator[Problem]:
    """The navigation names every page, and nothing else."""
    named = set()
    for number, line in enumerate(repository.navigation.read_text("utf-8").splitlines(), 1):
        if match := NAVIGATION.match(line):
            named.add(match[1])
            if match[1] not in repository.pages["en"]:
                yield Problem(repository.navigation, number, f"nav names {match[1]}, which is no page: mend it")
    for name in repository.pages["en"]:
        if name not in named:
            yield Problem(repository.navigation, 0, f"nav does not name {name}: add it under its chapter")


def check_meta(repository: Repository) -> Iterator[Problem]:
    """Every page has a description, in front matter that can be read."""
    for page in repository.all_pages:
        if not isinstance(page.meta, dict):
            yield Problem(page.path, 1, "has front matter that is no YAML of names and values: quote what has a colon")
        elif not page.meta.get("description"):
            yield Problem(page.path, 1, "has no description: write one sentence of front matter (description: …)")


def check_headings(repository: Repository) -> Iterator[Problem]:
    """A page begins with its title, and every heading has an id of its own."""
    for page in repository.all_pages:
        seen = set()
        if not page.sections or page.sections[0].level != 1:
            yield Problem(page.path, 0, "does not start with a title: write '# Title {#page-id}' first")
        elif any(line.strip() for line in page.body.splitlines()[: page.sections[0].line - 1]):
            yield Problem(page.path, 1, "has text before its title: move it below")
        for section in page.sections:
            if section.id is None:
                yield Problem(page.path, section.line, f"heading '{section.title}' has no id: append {{#an-id}}")
            elif section.id in seen:
                yield Problem(page.path, section.line, f"id '{section.id}' stands twice: give each its own")
            seen.add(section.id)


def check_fences(repository: Repository) -> Iterator[Problem]:
    """Every block is of a kind that is run or drawn, and all Python in it is included."""
    for page in repository.all_pages:
        for number, line in enumerate(page.body.splitlines(), 1):
            if mark := UNSEEN_BLOCK.match(line):
                yield Problem(
                    page.path, number, f"a block after '{mark[1]}' would never be run: write a '///' block instead"
                )
        for fence in (fence for section in page.sections for fence in section.fences):
            if fence.language not in LANGUAGES_OF_FENCES:
                what = f"a block of '{fence.language}' is none of {', '.join(LANGUAGES_OF_FENCES)}"
                yield Problem(page.path, fence.line, f"{what}: mend its fence")
            elif fence.language in DRAWN and not HEADER.fullmatch(fence.info.strip()):
                what = "story" if fence.language == "steps" else "name"
                yield Problem(page.path, fence.line, f'a {fence.language} fence reads ```{fence.language} {what}="…"')
        for fence in page.fences:
            for offset, line in enumerate(fence.text.splitlines(), 1):
                if line.strip() and not snippets.parse_include(line):
                    yield Problem(
                        page.path,
                        fence.line + offset,
                        "Python typed by hand: move it to a snippet and include its section",
                    )
                    break


def check_includes(repository: Repository) -> Iterator[Problem]:
    """Every include leads to a section of a snippet."""
    for page in repository.all_pages:
        for fence in page.fences:
            for include in fence.includes:
                if error := repository.faults.get(include):
                    yield Problem(error.path or page.path, error.line or fence.line, error.message)


def check_shown(repository: Repository) -> Iterator[Problem]:
    """Every section is shown; a page shows a story from its beginning, in order, without a gap."""
    shown: dict[str, int] = {}
    for page in repository.all_pages:
        by_story: dict[str, list[tuple[int, str]]] = {}
        for fence in page.fences:
            for include in fence.includes:
                if include.section:
                    by_story.setdefault(include.path, []).append((fence.line, include.section))
        for story, used in by_story.items():
            if not (repository.snippets / story).is_file():
                continue
            try:
                names = [section.name for section in snippets.sections(repository.snippets / story)]
            except SnippetError:
                continue
            shown[story] = max(shown.get(story, 0), len(used))
            for position, (line, name) in enumerate(used):
                if position >= len(names) or name != names[position]:
                    expected = f"'{names[position]}' comes next" if position < len(names) else "all were shown"
                    yield Problem(
                        page.path, line, f"section '{name}' of {story} is out of order: {expected} in the file"
                    )
                    break
    for path in repository.stories:
        story = path.relative_to(repository.snippets).as_posix()
        try:
            found = snippets.sections(path)
        except SnippetError as error:
            yield Problem(path, error.line or 0, error.message)
            continue
        for section in found[shown.get(story, 0) :]:
            yield Problem(
                path, section.first - 1, f"section '{section.name}' is shown on no page: include it, or delete it"
            )


def check_stories(repository: Repository) -> Iterator[Problem]:
    """A story fits a phone and a sitting, and says where it begins."""
    for path in repository.stories:
        lines = path.read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if len(line) > WIDTH:
                yield Problem(path, number, f"is {len(line)} columns wide: break it at {WIDTH}, for phones")
        if snippets.STORY not in lines:
            yield Problem(path, 0, f"has no line '{snippets.STORY}': write it between the setup and the story")
            continue
        story = [
            number
            for number, line in enumerate(lines, 1)
            if number > lines.index(snippets.STORY) + 1
            and not (not line.strip() or snippets.MARKER.match(line) or line.lstrip().startswith(SIGN))
        ]
        if len(story) > STORY_LINES:
            what = f"tells a story of {len(story)} lines: split it, {STORY_LINES} at most"
            yield Problem(path, story[STORY_LINES], what)


def check_syntax(repository: Repository) -> Iterator[Problem]:
    """Every story is Python."""
    for path in repository.stories:
        try:
            ast.parse(path.read_text("utf-8"))
        except SyntaxError as error:
            yield Problem(path, error.lineno or 1, f"does not parse: {error.msg}; mend it")


def check_steps(repository: Repository) -> Iterator[Problem]:
    """Every story on a page can be stepped through there, below its last block, and was recorded."""
    stories = {path.relative_to(repository.snippets).as_posix() for path in repository.stories}
    for page in repository.all_pages:
        last = {include.path: fence.line for fence in page.fences for include in fence.includes if include.section}
        stepped = {fence.story: fence.line for fence in page.steppers}
        for story, line in stepped.items():
            if story is None:
                continue  # its fence is not well written, which is said elsewhere
            if story not in last:
                yield Problem(page.path, line, f"steps through '{story}', which this page does not show: mend the path")
            elif line < last[story]:
                yield Problem(page.path, line, f"steps through '{story}' before its last block: move it below that")
            elif not variants.main_recording(repository.snippets / story).is_file():
                yield Problem(repository.snippets / story, 0, f"has no recording: run make record STORY={story}")
        for story, line in last.items():
            if story in stories and story not in stepped:
                yield Problem(
                    page.path, line, f'shows {story} without its steps: write a fence ```steps story="{story}"'
                )


def check_computed(repository: Repository) -> Iterator[Problem]:
    """Every table and drawing that a page asks for can be drawn from what was recorded and computed."""
    for page in repository.all_pages:
        for fence in (fence for section in page.sections for fence in section.computed):
            try:
                if fence.language == "table" and proven.is_proven(fence.name or "", repository.root):
                    continue  # check_proofs looks at these
                registry.draw(fence.language, fence.name or "", fence.text, page.language)
            except TableError as error:
                yield Problem(page.path, fence.line, str(error))


def check_messages(repository: Repository) -> Iterator[Problem]:
    """Every message that a page quotes among its errors was seen in a run."""
    try:
        seen = error_messages.seen(repository.snippets)
    except ValueError as error:
        path, _, what = str(error).partition(": ")
        yield Problem(repository.root / path, 0, what)
        return
    sources = "\n".join(path.read_text("utf-8") for path in repository.stories)
    for page in repository.all_pages:
        for line, message in error_messages.quoted(page):
            if not error_messages.was_seen(message, seen, sources):
                yield Problem(
                    page.path, line, f"no recording has the message '{message}': show it in a story, or mend it"
                )


def check_links(repository: Repository) -> Iterator[Problem]:
    """Every link inside the site leads somewhere, and every image has a text alternative."""
    drawn: dict[Path, set[str]] = {}
    for page in repository.all_pages:
        for section in page.sections:
            for line, target in section.links:
                if re.match(r"[a-z]+:", target):
                    continue
                path, _, anchor = target.partition("#")
                name = normpath((PurePosixPath(page.name).parent / path).as_posix()) if path else page.name
                there = repository.pages[page.language].get(name)
                if there is None:
                    yield Problem(page.path, line, f"link to '{target}' leads nowhere: no page '{name}'; mend the link")
                elif anchor and anchor not in there.ids:
                    if there.path not in drawn:
                        try:
                            drawn[there.path] = _drawn(there)
                        except (TableError, KeyError):
                            return  # what cannot be drawn is said of its fence
                    if anchor not in drawn[there.path]:
                        what = f"'{name}' has no heading with id '{anchor}'"
                        yield Problem(page.path, line, f"link to '{target}': {what}; mend the link")
            for line, target, alternative in section.images:
                if not alternative.strip():
                    yield Problem(page.path, line, f"image '{target}' has no text alternative: write ![what it shows]")
                name = normpath((PurePosixPath(page.name).parent / target).as_posix())
                if not (repository.docs / name).is_file():
                    remedy = "draw it, or mend the path: a page writes ../assets/figures/name.svg"
                    yield Problem(page.path, line, f"no such image as docs/{name}: {remedy}")


def _drawn(page: Page) -> set[str]:
    """The anchors of the cells that the page draws."""
    fences = [fence for section in page.sections for fence in section.computed]
    return set().union(*(registry.anchors(fence.language, fence.name or "") for fence in fences))


def check_same_shape(repository: Repository) -> Iterator[Problem]:
    """Both languages have the same headings, blocks, tables and links in every section."""
    for name, chinese in repository.pages["zh"].items():
        english = repository.pages["en"].get(name)
        if english is None:
            continue
        here, there = ([section.id for section in page.sections] for page in (chinese, english))
        if here != there:
            differing = next((pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]), None)
            what = f"'{differing[0]}' here, '{differing[1]}' there" if differing else f"{len(here)} and {len(there)}"
            yield Problem(
                chinese.path, 0, f"headings differ from docs/en/{name} ({what}): same ids in the same order, please"
            )
            continue
        for mine, other in zip(chinese.sections, english.sections, strict=True):
            shape = mine.shape
            for part, expected in other.shape.items():
                if shape[part] != expected:
                    yield Problem(
                        chinese.path,
                        mine.line,
                        f"{part} of section '{mine.id}' differ from docs/en/{name}:{other.line}: "
                        f"{shape[part]} here, {expected} there; make them equal",
                    )


def check_chinese(repository: Repository) -> Iterator[Problem]:
    """A Chinese section is in Chinese, and its lines end in Chinese punctuation."""
    for page in repository.pages["zh"].values():
        for section in page.sections:
            prose = re.sub(r"[\W\d_]", "", section.prose)
            if len(prose) > 20 and len(CHINESE.findall(section.prose)) < len(prose) / 5:
                yield Problem(page.path, section.line, f"section '{section.id}' is still in English: translate it")
            for paragraph in re.split(r"\n\s*\n|\n(?=[-|])", section.prose):
                letters = re.sub(r"[\W\d_]", "", paragraph)
                if len(letters) > PARAGRAPH and not CHINESE.search(paragraph) and not paragraph.startswith("#"):
                    begins = " ".join(paragraph.split())[:40]
                    yield Problem(page.path, section.line, f"'{begins}…' is still in English: translate it")
            fenced = False
            for offset, line in enumerate(section.text.splitlines()):
                fenced ^= line.startswith("```")
                if not fenced and CHINESE.search(line) and ENGLISH_PUNCTUATION.search(line):
                    yield Problem(
                        page.path,
                        section.line + offset,
                        f"ends in English punctuation '{line.rstrip()[-1]}': write the full-width mark",
                    )


def check_scaffold(repository: Repository) -> Iterator[Problem]:
    """Nothing is left of what tools/commands/new_page.py wrote for the author to replace."""
    for path in [page.path for page in repository.all_pages] + repository.stories:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if SCAFFOLD in line:
                yield Problem(path, number, f"still says '{SCAFFOLD}': write what belongs there")


def check_translation(repository: Repository) -> Iterator[Problem]:
    """Every Chinese section was confirmed against its English as it stands now."""
    try:
        differences = translation.differences(repository.docs, repository.pages["en"])
    except ValueError as error:
        yield Problem(repository.docs / "zh" / "confirmed.txt", 0, str(error).partition(": ")[2])
        return
    for key, what in differences:
        name, _, section = key.partition("#")
        chinese = repository.pages["zh"].get(name)
        lines = {one.id: one.line for one in chinese.sections} if chinese else {}
        if section in lines or key not in translation.hashes(
            repository.pages["en"]
        ):  # else there is nothing to compare yet
            yield Problem(repository.docs / "zh" / name, lines.get(section, 0), f"section '{section}' {what}")


def check_story_files(repository: Repository) -> Iterator[Problem]:
    """The recordings of stories, and the data of tables, are whole, and of the stories and places they say."""
    for path, line, what in story_files.problems(repository):
        yield Problem(path, line, what)


Check = Callable[[Repository], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    check_twins,
    check_navigation,
    check_meta,
    check_headings,
    check_fences,
    check_includes,
    check_shown,
    check_stories,
    check_syntax,
    check_steps,
    check_story_files,
    check_computed,
    check_proofs,
    check_messages,
    check_links,
    check_same_shape,
    check_chinese,
    check_scaffold,
    check_translation,
)


def check(repository: Repository, checks: Iterable[Check] = CHECKS) -> list[Problem]:
    """Run the checks and return the problems, sorted by file and line."""
    return sorted({problem for check_one in checks for problem in check_one(repository)})


def main() -> int:
    try:
        problems: list = check(Repository())
    except UnreadableError as error:
        problems = [error]
    for problem in problems:
        print(problem)
    print(f"problems: {len(problems)}" if problems else "pages, translations and snippets fit together")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
