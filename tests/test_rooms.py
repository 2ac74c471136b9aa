"""The rooms of tools/: each imports only those above it, the tracer nothing of ours, and only the hooks mkdocs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.content.repository import ROOT

ROOMS = ("content", "run", "tables", "checks", "site", "commands")  # each imports only those before it
HOOKS = "tools/site/hooks.py"
HOOKS_LINES = 80


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, by their dotted names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def test_every_module_lives_in_a_room():
    assert sorted(path.name for path in (ROOT / "tools").iterdir() if path.name[0] != "_") == sorted(ROOMS)
    assert [path.name for path in (ROOT / "tools").glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_above_it(room):
    allowed = ROOMS[: ROOMS.index(room) + 1]
    for path in files(f"tools/{room}"):
        for module in imports(path):
            first, _, rest = module.partition(".")
            if first == "tools" and rest:
                assert rest.partition(".")[0] in allowed, (
                    f"{path.relative_to(ROOT)} imports {module}: only {', '.join(allowed)} are above tools/{room}"
                )


def test_the_tracer_imports_nothing_of_ours():
    for path in files("tracer"):
        for module in imports(path):
            assert module.partition(".")[0] not in ("tools", "snippets", "tables", "tests"), f"{path}: {module}"


@pytest.mark.parametrize("path", files("tables"), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_program_of_a_table_imports_snippets_tracer_and_run_alone(path):
    for module in imports(path):
        if module.startswith("tools."):
            assert module.startswith("tools.run."), f"{path.relative_to(ROOT)} imports {module}: give it as an argument"


def test_only_the_hooks_import_mkdocs():
    for path in files("tools"):
        if path.relative_to(ROOT).as_posix() != HOOKS:
            modules = [module for module in imports(path) if module.partition(".")[0] in ("mkdocs", "material")]
            assert not modules, f"{path.relative_to(ROOT)} imports {modules}: let {HOOKS} do that"


def test_the_hooks_are_thin():
    lines = (ROOT / HOOKS).read_text("utf-8").splitlines()
    assert len(lines) < HOOKS_LINES, f"{HOOKS} has {len(lines)} lines: move work into a module beside it"
