"""Tests that are left out, and warnings that are ignored: those that are listed, and no others.

The lines that may skip stand in tests/skips.toml, by file; what pytest is told stands below.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.repository import Repository

HERE, LIST = "tools/checks/skips.py", "tests/skips.toml"
SETTINGS = "pyproject.toml"
OTHER_SETTINGS = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg")
WORDS = {  # what leaves out a test, or a warning
    *("skip", "skipif", "xfail", "importorskip", "skipIf", "skipUnless", "skipTest", "SkipTest", "Skipped"),
    *("collect_ignore", "collect_ignore_glob", "__test__"),
    *("pytest_ignore_collect", "pytest_collection_modifyitems", "pytest_runtest_protocol", "pytest_pyfunc_call"),
    *("filterwarnings", "simplefilter"),
}
TOLD = {  # what pytest is told
    "addopts": ["--markdown-docs", "--import-mode=importlib", "--strict-markers", "-q"],
    "testpaths": ["docs/en", "tests"],
    "pythonpath": ["."],
    "filterwarnings": [  # the last that fits decides
        "error",
        "ignore:unclosed database:ResourceWarning",
        "ignore:<psycopg:ResourceWarning",
        "ignore:coroutine '(AsyncSession.commit|Connection.cursor)' was never awaited:RuntimeWarning",
        "ignore::sqlalchemy.exc.SAWarning",
        "ignore::sqlalchemy.exc.SADeprecationWarning",
    ],
}


def check_skips(repository: Repository) -> Iterator[Problem]:
    """No test is skipped, and no warning ignored in a test, that is not listed."""
    allowed, problem = _listed(repository)
    if problem:
        yield problem
        return
    root = repository.root
    for name in allowed:
        if not (root / name).is_file():
            yield Problem(root / LIST, 0, f"lists {name}, which is gone: delete that")
    for path in sorted({root / "conftest.py", *repository.docs.rglob("*.py"), *(root / "tests").rglob("*.py")}):
        name = path.relative_to(root).as_posix()
        if not path.is_file():
            continue
        left = Counter(allowed.get(name, ()))
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError) as error:
            yield Problem(path, getattr(error, "lineno", 0) or 0, f"is no Python ({error}): mend it")
            continue
        for line, text in _skips(tree):
            if left[text]:
                left[text] -= 1
            else:
                what = f"'{text}' leaves out tests or warnings, and is not listed"
                yield Problem(path, line, f"{what}: remove it, or list it in {LIST} for a reviewer to see")
        for text in +left:
            yield Problem(root / LIST, 0, f"lists '{text}' of {name}, which has it no longer: delete that")


def check_test_settings(repository: Repository) -> Iterator[Problem]:
    """pytest runs all tests, and lets every warning fail one, but those listed."""
    for name in OTHER_SETTINGS:
        if (repository.root / name).exists():
            yield Problem(repository.root / name, 0, f"would take the place of {SETTINGS}: delete it")
    path = repository.root / SETTINGS
    try:
        told = tomllib.loads(path.read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Problem(path, 0, f"does not tell pytest what to do ({error!r}): restore [tool.pytest.ini_options]")
        return
    for name in sorted(TOLD.keys() | told.keys()):
        if told.get(name) != TOLD.get(name):
            yield Problem(path, 0, f"tells pytest '{name}' otherwise than {HERE}: put it back, or change it there, too")


def _listed(repository: Repository) -> tuple[dict[str, list[str]], Problem | None]:
    """The lines that may skip, by file."""
    path = repository.root / LIST
    try:
        listed = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return {}, Problem(path, 0, f"cannot be read ({error}): restore it")
    if not all(isinstance(lines, list) and all(isinstance(line, str) for line in lines) for lines in listed.values()):
        return {}, Problem(path, 0, "holds something else than lists of lines by file: mend it")
    return listed, None


def _skips(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the text of everything that leaves something out."""
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in WORDS:
            called.add(node.func)
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in WORDS:
            yield node.lineno, f"def {node.name}"
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"import {name.name}") for name in node.names if name.name in WORDS)
        elif isinstance(node, (ast.Attribute, ast.Name)) and _name(node) in WORDS and node not in called:
            yield node.lineno, ast.unparse(node)


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
