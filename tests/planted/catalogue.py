"""Reads the catalogue of planted faults, plants them, and runs the commands that must notice.

Each file of this folder is a group: its `command`, its faults, and perhaps edits that all are `given`. A fault has

    name       what is wrong
    plant      the edits that make it, in order, to the small repository of tests/conftest.py (to a copy of the whole
               one, where the group says `whole = true`)
    message    how a line of what the command says begins; with `…` for what differs from run to run
    reader     in place of a message: why no program can notice, so that a reader has to

and an edit is one of these:

    { change = "docs/*/x.md", old = "…", new = "…" }    in each file that fits; `times = 3` repeats what is new
    { pattern = "path", old = "…", new = "…" }          the same for the first place that fits a regular expression
    { add = "…" }                                       at the end of the page, in both languages, from line 28 on
    { write = "path", text = "…" }                      or hex = "…", for bytes
    { html = "…" }                                      on a built page, below site/
    { remove = "path" }, { folder = "path" }
    { copy = "path" }                                   a file or a folder of the real repository
    { confirm = true }                                  the translation, as a contributor does who has not compared it
    { confirm_table = "name" }                          the words of a table, likewise
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import autocorrect_py
import pytest

from tests.conftest import SmallHouse, replace
from tools.checks.check import CHECKS, check
from tools.commands import check_one, confirm, mutate, record
from tools.content.repository import ROOT, Repository
from tools.run import sandbox
from tools.site import finish
from tools.tables import confirmation

FOLDER = Path(__file__).parent
END = "| 1 | 2 |\n"  # of the pages of the small repository
PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>{}</body></html>'
LEFT_OUT = (".git", ".venv*", ".cache", "site", "__pycache__", ".*_cache")  # of the repository: what programs make
SECONDS = 2  # that a planted story may run


@dataclass(frozen=True)
class Fault:
    """One fault, and the group that it stands in."""

    group: str
    command: str
    name: str
    plant: list[dict[str, Any]] = field(hash=False)
    message: str = ""
    reader: str = ""
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"

    def put(self, repository: SmallHouse) -> None:
        """Plant it."""
        for edit in self.plant:
            (kind,) = edit.keys() & EDITS.keys()
            EDITS[kind](repository, edit)

    def said(self, repository: SmallHouse) -> list[str]:
        """What the command says of a repository, a line each, without the repository's folder."""
        program, *arguments = shlex.split(self.command)
        lines = COMMANDS[program](repository, arguments)
        return [line.replace(f"{repository.root}/", "") for line in lines]

    def is_noticed(self, lines: list[str]) -> bool:
        """Whether one of the lines is the message."""
        pattern = ".*".join(re.escape(part) for part in self.message.split("…"))
        return any(line.startswith(self.message) or re.match(pattern, line) for line in lines)


def read() -> list[Fault]:
    """Every fault of the catalogue."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        said = tomllib.loads(path.read_text("utf-8"))
        shared = {"group": path.stem, "command": said["command"], "whole": said.get("whole", False)}
        for one in said["fault"]:
            found.append(Fault(**{**shared, **one, "plant": [*said.get("given", ()), *one["plant"]]}))
    return found


def _change(repository: SmallHouse, edit: dict[str, Any]) -> None:
    paths = [*repository.root.glob(edit["change"])]
    assert paths, f"there is no {edit['change']} to change"
    for path in paths:
        replace(path, edit["old"], edit["new"] * edit.get("times", 1))


def _pattern(repository: SmallHouse, edit: dict[str, Any]) -> None:
    path = repository.root / edit["pattern"]
    text, found = re.subn(edit["old"], edit["new"], path.read_text("utf-8"), count=1)
    assert found, f"{path} has no {edit['old']!r} to replace"
    path.write_text(text, "utf-8")


def _add(repository: SmallHouse, edit: dict[str, Any]) -> None:
    repository.both(END, f"{END}\n{edit['add'] * edit.get('times', 1)}\n")


def _write(repository: SmallHouse, edit: dict[str, Any]) -> None:
    path = repository.root / edit["write"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes.fromhex(edit["hex"]) if "hex" in edit else edit["text"].encode())


def _html(repository: SmallHouse, edit: dict[str, Any]) -> None:
    _write(repository, {"write": "site/index.html", "text": PAGE.format(edit["html"])})


def _copy(repository: SmallHouse, edit: dict[str, Any]) -> None:
    path = repository.root / edit["copy"]
    path.parent.mkdir(parents=True, exist_ok=True)
    (shutil.copytree if (ROOT / edit["copy"]).is_dir() else shutil.copy)(ROOT / edit["copy"], path)


EDITS = {
    "change": _change,
    "pattern": _pattern,
    "add": _add,
    "write": _write,
    "html": _html,
    "copy": _copy,
    "remove": lambda repository, edit: (repository.root / edit["remove"]).unlink(),
    "folder": lambda repository, edit: (repository.root / edit["folder"]).mkdir(parents=True),
    "confirm_table": lambda repository, edit: confirmation.confirm(
        repository.root / "tables" / edit["confirm_table"], True
    ),
    "confirm": lambda repository, edit: repository.confirm(),
}


def problems(repository: Repository, checks=CHECKS) -> list[str]:
    """What `python -m tools.checks` says of a repository."""
    found = [str(problem) for problem in check(Repository(repository.root), checks)]
    return [line.replace(f"{repository.root}/", "") for line in found]


def _printed(main, *arguments) -> list[str]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            main(*arguments)
        except SystemExit as error:
            print(error.code)
    return output.getvalue().splitlines()


def _story(repository: SmallHouse, arguments: list[str]) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "STORY_SECONDS", SECONDS)
        return _printed(check_one.main, arguments, Repository(repository.root))


def _record(repository: SmallHouse, arguments: list[str]) -> list[str]:
    return _printed(record.main, arguments, Repository(repository.root))


def _mutate(repository: SmallHouse, arguments: list[str]) -> list[str]:
    return _printed(mutate.main, arguments, Repository(repository.root))


def _confirm(repository: SmallHouse, arguments: list[str]) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confirm, "Repository", lambda *root: Repository(repository.root))
        return _printed(confirm.main, arguments)


def _finish(repository: SmallHouse, arguments: list[str]) -> list[str]:
    return _printed(finish.main, [str(repository.root / name) for name in arguments])


def _typography(repository: SmallHouse, arguments: list[str]) -> list[str]:
    return typography(Repository(repository.root))


def typography(repository: Repository) -> list[str]:
    """Where Chinese is not set as it is in print, a line each."""
    wrong = []
    for page in repository.pages["zh"].values():
        corrected = autocorrect_py.format_for(page.text, "markdown").splitlines()
        for number, (line, better) in enumerate(zip(page.text.splitlines(), corrected, strict=True), 1):
            if line != better:
                wrong.append(f"docs/zh/{page.name}:{number}: write: {better}")
    return wrong


def _program(*command: str):
    def run(repository: SmallHouse, arguments: list[str]) -> list[str]:
        quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}  # zizmor colors what a CI prints
        asked = {"cwd": repository.root, "env": quiet, "timeout": 300}
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, **asked)
        return (done.stdout + done.stderr).splitlines()

    return run


COMMANDS = {
    "tools.checks": lambda repository, arguments: problems(repository),
    "tools.commands.check_one": _story,
    "tools.commands.record": _record,
    "tools.commands.mutate": _mutate,
    "tools.commands.confirm": _confirm,
    "tools.site.finish": _finish,
    "typography": _typography,
    "python": _program(sys.executable),
    "mkdocs": _program(sys.executable, "-m", "mkdocs"),
    "zizmor": _program(str(Path(sys.executable).with_name("zizmor"))),
}


def whole(folder: Path) -> SmallHouse:
    """A copy of the whole repository."""
    made = shutil.ignore_patterns(*LEFT_OUT)
    everywhere = shutil.ignore_patterns("__pycache__")

    def left_out(within: str, names: list[str]) -> set[str]:
        return made(within, names) if Path(within) == ROOT else everywhere(within, names)

    shutil.copytree(ROOT, folder, ignore=left_out, symlinks=True)
    return SmallHouse(folder)
