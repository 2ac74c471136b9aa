"""A folder of tables/ whose tables a program has computed: its settings, words and data, and how it draws a fence.

table.toml lists below [fences] what its fences may name. `{starts}` stands for each key of `starts` in data.json,
`*` for anything:

    [fences]
    table = ["matrix-filter", "matrix-{starts}"]
    predict = ["*"]

template.html is given what `Request` holds, the words as functions, and what `prepare(request)` of draw.py returns,
where there is one. draw.py raises ValueError, one line, for what it cannot draw.
"""

from __future__ import annotations

import functools
import json
import re
import runpy
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from tools.content.locale import LocaleError
from tools.tables.table import TableError, badge, marked, parsed, shown, state_name
from tools.tables.table_locale import Words
from tools.tables.templates import environment, without_space
from tracer.recording import STATES

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Request:
    """What a fence asks for. `part`: what stands for the placeholder in its name, else None.

    `data`: what the first file of data holds; `files`: all files of data and TOML, by name; `words`: in the language.
    `page`: the page's name, `chapter/page.md`.
    """

    kind: str
    name: str
    part: str | None
    text: str
    language: str
    page: str
    data: Any
    files: dict[str, Any]
    words: Words

    def badge(self, state: str) -> Markup:
        return badge(state, self.language)

    def marked(self, phrase: str) -> Markup:
        return marked(phrase, self.language)

    @staticmethod
    def alike(cells: dict[Any, Any], told: Callable[[Any], Any] = lambda cell: cell) -> list[tuple[list[Any], Any]]:
        """The names of cells that tell the same, and the first of these cells."""
        found: dict[str, tuple[list[Any], Any]] = {}
        for name, cell in cells.items():
            found.setdefault(json.dumps(told(cell)), ([], cell))[0].append(name)
        return list(found.values())

    def address(self, target: str) -> str:
        """The address of a page or an asset, named as in a link of the page (`/` begins at the language's root)."""
        path, _, anchor = target.partition("#")
        here, there = (_built(name) for name in (self.page, _joined(self.page, path)))
        found = relpath(f"/{there}", f"/{here}")
        return found + ("/" if path.endswith(".md") else "") + (f"#{anchor}" if anchor else "")


def _joined(page: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return relpath(f"/{page}/../{target}", "/")


def _built(name: str) -> str:
    """Where the built page of a name lies: a folder. Anything else lies where it is."""
    return re.sub(r"(^|/)index$", "", name.removesuffix(".md")) if name.endswith(".md") else name


class Folder:
    """A folder of tables/. All methods raise TableError."""

    def __init__(self, path: Path) -> None:
        self.path, self.name, self.shown = path, path.name, f"tables/{path.name}"

    @property
    def settings(self) -> dict[str, Any]:
        return self.read("table.toml")

    def read(self, name: str) -> Any:
        """A TOML or JSON file of the folder."""
        path = self.path / name
        try:
            return parsed(path, tomllib.loads if path.suffix == ".toml" else json.loads)
        except (OSError, ValueError) as error:
            what = "is missing" if isinstance(error, FileNotFoundError) else str(error)
            remedy = f"run make record STORY={self.shown}" if path.suffix == ".json" else "mend it"
            raise TableError(f"{self.shown}/{name}: {what}; {remedy}") from None

    def patterns(self, kind: str) -> list[str]:
        """What table.toml lists for the fences of a kind."""
        fences = self.settings.get("fences", {})
        listed = fences.get(kind, []) if isinstance(fences, dict) else None
        if not isinstance(listed, list) or not all(isinstance(pattern, str) for pattern in listed):
            raise TableError(f'{self.shown}/table.toml: [fences] lists no names: write {kind} = ["…"]')
        return listed

    def names(self, kind: str) -> Iterator[tuple[str, str | None]]:
        """What a fence of a kind may name, each with what stands for its placeholder."""
        for pattern in self.patterns(kind):
            match = PLACEHOLDER.search(pattern)
            if not match:
                yield pattern, None
            elif match[1] not in self.data:
                raise TableError(f"{self.shown}/table.toml: '{pattern}' names no part of the data; mend it")
            else:
                for part in self.data[match[1]]:
                    yield pattern.replace(match[0], part), part

    def claims(self, kind: str, name: str) -> bool:
        """Whether a name looks like one of this folder's, read from its table.toml alone."""
        return any(_matches(pattern, name) for pattern in self.patterns(kind))

    @property
    def data(self) -> Any:
        """What the first file of data holds."""
        return self.read(self.settings.get("data", ["data.json"])[0])

    def draw(self, kind: str, name: str, text: str, language: str, page: str) -> str:
        """What a fence becomes, as HTML."""
        names = dict(self.names(kind))
        if name not in names and "*" not in names:
            raise TableError(f"there is no {kind} '{name}': name one of {', '.join(names)}")
        listed = [*self.settings.get("data", ["data.json"]), *(path.name for path in sorted(self.path.glob("*.toml")))]
        files = {file: self.read(file) for file in listed}
        try:
            words = Words(self.path / "table.toml", self.settings, language)
            return self._drawn(Request(kind, name, names.get(name), text, language, page, self.data, files, words))
        except TableError:
            raise
        except (KeyError, UndefinedError) as error:
            what = f"{kind} '{name}' shows {error}, which was not computed"
            raise TableError(f"{self.shown}: {what}: run make record STORY={self.shown}") from None
        except TemplateSyntaxError as error:
            raise TableError(f"{self.shown}/{error.name}:{error.lineno}: {error.message}; mend it") from None
        except (LocaleError, ValueError) as error:
            raise TableError(str(error)) from None
        except Exception as error:  # whatever a table's program does wrong, the other tables are drawn
            what = f"{kind} '{name}' fails with {type(error).__name__}: {error}"
            raise TableError(f"{self.shown}: {what}; mend its draw.py or template.html") from None

    def _drawn(self, request: Request) -> str:
        given = ("kind", "name", "part", "text", "language", "data", "files", "badge", "marked", "address")
        words = ("say", "phrase", "plain", "plain_phrase", "list", "marks")
        variables = {name: getattr(request, name) for name in given}
        variables |= {name: getattr(request.words, name) for name in words}
        variables |= {"all_states": STATES, "state_name": lambda state: state_name(state, request.language)}
        if prepare := self.prepare:
            variables |= prepare(request)
        return without_space(_environment(self.path).get_template("template.html").render(variables))

    @property
    def prepare(self) -> Callable[[Request], dict[str, Any]] | None:
        """The function of draw.py, where there is one."""
        path = self.path / "draw.py"
        if not path.is_file():
            return None
        try:
            return _program(path, path.stat().st_mtime_ns)["prepare"]
        except Exception as error:
            raise TableError(f"{shown(path)}: {type(error).__name__}: {error}; mend it") from None


def _matches(pattern: str, name: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"\{\w+\}|\*", pattern)]
    return bool(re.fullmatch("(.*)".join(parts), name))


@functools.lru_cache(maxsize=64)
def _program(path: Path, changed: int) -> dict[str, Any]:
    return runpy.run_path(str(path))


@functools.lru_cache(maxsize=64)
def _environment(path: Path):
    return environment(path)
