"""Nothing of a dependency is replaced: no function, class or prototype of others gets another attribute."""

import ast
import re
import sys

import pytest

from tools.content.repository import ROOT

PROGRAMS = sorted([*(ROOT / "tools").rglob("*.py"), *(ROOT / "tracer").rglob("*.py"), ROOT / "docs" / "conftest.py"])
VENDORED = ROOT / "docs" / "assets" / "vendor"  # as others wrote it
SCRIPTS = sorted(
    path
    for path in [*(ROOT / "docs").rglob("*.js"), *(ROOT / "tracer").rglob("*.js"), *(ROOT / "theme").rglob("*.html")]
    if VENDORED not in path.parents
)
OURS = ("tools", "tracer", "snippets", "tests")
# What mkdocs and Python offer to be set.
OFFERED = ("config", "page.meta")
STANDARD = ("sys.argv", "sys.stdout", "sys.stderr", "sys.excepthook", "warnings.showwarning")
# While the tracer records a program, random names are the same each time: the standard library's, in one place. And the
# name of a step, which no module has, is found by all that are stepped into.
RECORDING = ("uuid.uuid4", "builtins")

PATCHES = re.compile(
    r"prototype(?:\.\w+|\[[^\]]+\])\s*=(?!=)"  # of a class of the browser
    r"|\b(?:window|globalThis|self)\.[A-Z]\w*\s*=(?!=)"  # a class of the browser
    r"|(?<!\bthis)\.(?!on[a-z])\w+\s*=\s*(?:async\s*)?(?:function\b|\([^()]*\)\s*=>|\w+\s*=>)"  # a method of anything
    r"|defineProperty\(|Object\.assign\(\w+\.prototype"
    r"|new Event\(\s*[\"']DOMContentLoaded"  # told to the theme's script, which waits for it
)
MINIFIED = re.compile(r"\.min\.(?:js|css)")


def patches(source: str) -> list[str]:
    """The assignments in a program to attributes of what it imports from others, or gets from mkdocs."""
    tree = ast.parse(source)
    foreign = set()
    for node in ast.walk(tree):
        names = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
        module = node.module or "" if isinstance(node, ast.ImportFrom) else None
        for name in names:
            package = (name.name if module is None else module).partition(".")[0]
            if package not in OURS and not getattr(node, "level", 0):
                foreign.add((name.asname or name.name).partition(".")[0])
    found = []
    for node in ast.walk(tree):
        for target in targets(node):
            text = ast.unparse(target)
            root = text.partition(".")[0].partition("[")[0].partition("(")[0]
            if root in foreign and text not in STANDARD:
                found.append(f"line {node.lineno}: {text}")
    return found


def targets(node: ast.AST) -> list[ast.expr]:
    """The attributes that a statement sets."""
    if isinstance(node, ast.Assign):
        parts = [part for target in node.targets for part in ast.walk(target)]
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        parts = [node.target]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("setattr", "delattr"):
        return node.args[:1]
    else:
        return []
    return [part for part in parts if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)]


def given(source: str) -> list[str]:
    """The attributes of what a hook is given that it sets, but for those that mkdocs offers."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            names = {argument.arg for argument in function.args.args} - {"self"}
            for node in ast.walk(function):
                for text in map(ast.unparse, targets(node)):
                    if text.partition(".")[0] in names and not text.startswith(OFFERED):
                        found.append(f"line {node.lineno}: {text}")
    return found


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_program_patches_nothing(path):
    source = path.read_text("utf-8")
    found = patches(source) + (given(source) if path.parent.name == "site" else [])
    if path.parent.name == "tracer":
        found = [line for line in found if not line.endswith(RECORDING)]
    assert not found, f"{path.name}: {found}: use what the dependency documents, or live with it"
    assert not MINIFIED.search(source), f"{path.name}: leave the theme's minified files alone"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_script_patches_nothing(path):
    found = [match[0] for match in PATCHES.finditer(path.read_text("utf-8"))]
    assert not found, f"{path.name}: {found}: use what the theme and the browser document, or live with it"


@pytest.mark.parametrize(
    "source",
    [
        "from mkdocs.structure.pages import Page\nPage.render = None",
        "import yaml\nyaml.one.FREQ, yaml.one.total = {}, 1",
        "import yaml as reader\nreader.load = print",
        "from mkdocs.structure import pages\nsetattr(pages, 'Page', int)",
        "import json\njson.dumps.cache: dict = {}",
        "import builtins\nbuiltins.print = repr",
    ],
)
def test_a_patch_is_found(source):
    assert patches(source)


def test_what_is_offered_is_no_patch():
    assert not patches("import sys\nfrom tools.x import mine\nsys.argv = []\nmine.value = 1\nconfig.nav = []")
    assert not given("def on_config(config):\n    config.nav = []")
    assert given("def on_env(env):\n    env.loader = None") and given("def on_page(page):\n    page.content = ''")


@pytest.mark.parametrize(
    "script",
    [
        "XMLHttpRequest.prototype.send = function () {}",
        "window.Worker = class {}",
        "body.setAttribute = function (name) {}",
        "document.body.setAttribute = (name, value) => {}",
        "document.dispatchEvent(new Event('DOMContentLoaded'))",
    ],
)
def test_a_patch_in_a_script_is_found(script):
    assert PATCHES.search(script)


def test_the_tests_look_at_all_there_is():
    assert len(PROGRAMS) > 50 and len(SCRIPTS) > 20 and "ast" in sys.stdlib_module_names
