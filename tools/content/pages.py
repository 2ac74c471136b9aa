"""Read pages: their headings, fences, links, images and tables, with the line of each."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from tools.content import prose
from tools.content.prose import Piece
from tools.content.snippets import Include, parse_include

SOURCE = "en"  # the language that the others are translated from
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?")  # the name of a language's folder, such as `zh` or `pt-BR`
ERRORS = "errors"  # the folder of the pages that are about one error each
COMPUTED = ("table", "map", "predict")  # the fences for what programs have computed
FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(?P<title>.*?)\s*\{\s*#(?P<id>[^\s}]+)\s*\}$")
OPTION = re.compile(r'\b(\w+)="([^"]*)"')  # of a fence
BLOCK = re.compile(r"^///+ (\w[\w-]*)")

# What stands inside paragraphs is parsed only where there may be a link or an image: most have none.
_markdown = MarkdownIt("commonmark").enable("table")
_markdown.core.ruler.disable(["inline", "text_join"])
_inline = MarkdownIt("commonmark")
LINKED = re.compile(r"\[|<\w+:")


class UnreadableError(Exception):
    """A page that is no text: one line that names it and the remedy."""


@dataclass(frozen=True)
class Fence:
    """A fenced block: `line` is that of its opening fence, `language` the first word after it."""

    line: int
    language: str
    text: str
    info: str = ""

    @property
    def options(self) -> dict[str, str]:
        """What stands behind its language, such as `story="…"`, by name."""
        return dict(OPTION.findall(self.info))

    @property
    def story(self) -> str | None:
        """The story that a `steps` fence steps through, as a path below snippets/."""
        return self.options.get("story")

    @property
    def name(self) -> str | None:
        """What a `table`, `map` or `predict` fence draws."""
        return self.options.get("name")

    @cached_property
    def includes(self) -> list[Include]:
        return [include for line in self.text.splitlines() if (include := parse_include(line))]


@dataclass
class Section:
    """A heading and what follows it up to the next heading; `id` is None where the heading has none.

    `links` and `images` are (line, target) and (line, target, alternative); `tables` are (rows, columns).
    """

    id: str | None
    level: int
    title: str
    line: int
    text: str
    fences: list[Fence] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    images: list[tuple[int, str, str]] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    @property
    def computed(self) -> list[Fence]:
        """The fences that draw what a program has computed."""
        return [fence for fence in self.fences if fence.language in COMPUTED]

    @cached_property
    def pieces(self) -> list[Piece]:
        """Its paragraphs, list items, cells and titles, in order."""
        return prose.pieces(self.text, self.line)


@dataclass
class Page:
    """A Markdown file below docs/; `name` is its path inside its language, the same in both."""

    path: Path
    language: str
    name: str

    @cached_property
    def text(self) -> str:
        """Raises UnreadableError for a file that is not UTF-8."""
        try:
            return self.path.read_text("utf-8")
        except UnicodeDecodeError:
            raise UnreadableError(f"docs/{self.language}/{self.name}: is not UTF-8: save it as UTF-8") from None

    @property
    def is_error(self) -> bool:
        """Whether it is about one error, which its front matter names."""
        return self.name.startswith(f"{ERRORS}/") and self.name != f"{ERRORS}/index.md"

    @property
    def messages(self) -> list[str]:
        """The wordings of the error that the page is about, as its front matter quotes them."""
        found = self.meta.get("message") if isinstance(self.meta, dict) else None
        return [str(message) for message in (found if isinstance(found, list) else [found]) if message]

    @cached_property
    def front(self) -> str:
        """The text of the front matter, empty where there is none."""
        match = FRONT_MATTER.match(self.text)
        return match[1] if match else ""

    @cached_property
    def meta(self) -> dict | str:
        """The front matter, or its text where that holds no names and values."""
        try:
            found = yaml.safe_load(self.front) or {}
        except yaml.YAMLError:
            found = None
        return found if isinstance(found, dict) else self.front

    @cached_property
    def body(self) -> str:
        """The text with the front matter blanked, so that lines keep their numbers."""
        return FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), self.text)

    @cached_property
    def sections(self) -> list[Section]:
        """Every section in order."""
        lines = self.body.splitlines()
        references: dict = {}  # definitions of [links][like this], found on the way
        tokens = _markdown.parse(self.body, references)
        fenced = {number for token in tokens if token.type == "fence" for number in range(*token.map)}
        headings = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
        found = []
        for position, i in enumerate(headings):
            start = tokens[i].map[0]
            end = tokens[headings[position + 1]].map[0] if position + 1 < len(headings) else len(lines)
            written = tokens[i + 1].content
            match = HEADING.match(written)
            section = Section(
                id=match["id"] if match else None,
                level=int(tokens[i].tag[1]),
                title=match["title"] if match else written,
                line=start + 1,
                text="\n".join(lines[start:end]).strip() + "\n",
            )
            following = headings[position + 1] if position + 1 < len(headings) else None
            _fill(section, tokens[i:following], references)
            section.blocks = [
                match[1]
                for number in range(start, end)
                if number not in fenced and (match := BLOCK.match(lines[number]))
            ]
            found.append(section)
        return found

    @property
    def fences(self) -> list[Fence]:
        """Every Python fence of the page, in order."""
        return [fence for section in self.sections for fence in section.fences if fence.language == "python"]

    @property
    def steppers(self) -> list[Fence]:
        """Every fence that steps through a story, in order."""
        return [fence for section in self.sections for fence in section.fences if fence.language == "steps"]

    @property
    def ids(self) -> set[str]:
        """The ids of its headings."""
        return {section.id for section in self.sections if section.id}


def _fill(section: Section, tokens: list, references: dict) -> None:
    rows = columns = 0
    for token in tokens:
        if token.type == "fence":
            words = token.info.strip("{} ").split()
            language = words[0].lstrip(".") if words else ""
            section.fences.append(Fence(token.map[0] + 1, language, token.content, token.info))
        elif token.type == "code_block":
            section.fences.append(Fence(token.map[0] + 1, "indented code", token.content))
        elif token.type == "table_open":
            rows = columns = 0
        elif token.type == "tr_open":
            rows += 1
        elif token.type == "th_open":
            columns += 1
        elif token.type == "table_close":
            section.tables.append((rows, columns))
        elif token.type == "inline" and LINKED.search(token.content):
            line = token.map[0] + 1 if token.map else section.line
            for child in _inline.parseInline(token.content, references)[0].children:
                if child.type == "link_open":
                    section.links.append((line, child.attrGet("href")))
                elif child.type == "image":
                    section.images.append((line, child.attrGet("src"), child.content))


def languages(docs: Path) -> tuple[str, ...]:
    """Return the languages that docs/ has a folder for, the source first."""
    folders = sorted(path.name for path in docs.glob("*/") if LANGUAGE.fullmatch(path.name))
    return (SOURCE, *(name for name in folders if name != SOURCE))


LANGUAGES = languages(Path(__file__).parents[2] / "docs")


def read(docs: Path, language: str) -> dict[str, Page]:
    """Return the pages of one language by name, sorted."""
    folder = docs / language
    paths = sorted(path for path in folder.rglob("*.md") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): Page(path, language, path.relative_to(folder).as_posix()) for path in paths
    }
