"""Rewrite a program so that each of its statements tells when it begins and ends.

Every statement S becomes `with __step__(first_line, last_line, kind): S`. Line events of the interpreter would differ
between Python versions and lose their place in generators, coroutines and SQLAlchemy's greenlets; a rewritten
statement does not. Tracebacks keep their lines, because the new nodes take the positions of the old ones.
"""

from __future__ import annotations

import ast
import itertools
from types import CodeType

STEP = "__step__"
# CPython allows 20 nested blocks in a function, and a step is a block too: when there are too many of them, only the
# outer statements become steps, down to none.
NESTING = (8, 5, 3, 1, 0, -1)
_QUIET = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Pass)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_TRIES = (ast.Try, ast.TryStar)  # their parts are steps, they are none
_KINDS = {
    ast.With: "with",
    ast.AsyncWith: "with",
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.If: "if",
    ast.Match: "match",
    ast.ClassDef: "class",
    ast.Assert: "assert",
}


def instrument(source: str, filename: str, after: int = 0) -> CodeType:
    """Compile `source` with a step around each statement below line `after`.

    Raises SyntaxError for a program that does not parse.
    """
    return rewritten(source, filename, after)[1]


def rewritten(source: str, filename: str, after: int = 0) -> tuple[ast.Module, CodeType]:
    """The tree of `source` with a step around each statement below line `after`, and its code."""
    for nesting in NESTING:
        tree = ast.parse(source, filename)
        above = list(itertools.takewhile(lambda node: node.lineno <= after, tree.body))
        tree.body = above + _block(tree.body[len(above) :], nesting, nesting)
        try:
            return tree, compile(tree, filename, "exec", dont_inherit=True)
        except SyntaxError as error:
            if nesting < 0 or "too many statically nested blocks" not in str(error):
                raise
    raise AssertionError  # the last attempt returns or raises


def _block(statements: list[ast.stmt], nesting: int, most: int) -> list[ast.stmt]:
    """`statements` as steps. `nesting`: how many blocks deeper there may be steps; `most`: how many in a function."""
    return statements if nesting < 0 else [_wrapped(statement, nesting, most) for statement in statements]


def _wrapped(node: ast.stmt, nesting: int, most: int) -> ast.stmt:
    first, last = node.lineno, node.end_lineno or node.lineno
    kind = _KINDS.get(type(node), "statement")
    body = getattr(node, "body", None) or [case.body[0] for case in getattr(node, "cases", ())]
    if body and kind != "class":
        last = max(first, body[0].lineno - 1)
    _inside(node, nesting, most)
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, (*_QUIET, *_TRIES)) or constant:
        return node
    if isinstance(node, _FUNCTIONS):
        if not node.decorator_list:
            return node
        # A decorator may do anything. Like a class, it is a step only if it does.
        first, kind = node.decorator_list[0].lineno, "class"
    return _step(node, first, last, kind, [node])


def _inside(node: ast.AST, nesting: int, most: int) -> None:
    """Instrument the blocks of a compound statement; of a class only its methods, for its body is one declaration."""
    if isinstance(node, ast.ClassDef):
        for child in node.body:
            if isinstance(child, (*_FUNCTIONS, ast.ClassDef)):
                _inside(child, most, most)
        return
    deeper = most if isinstance(node, _FUNCTIONS) else nesting - 1
    for name in ("body", "orelse", "finalbody"):
        statements = getattr(node, name, None)
        if isinstance(statements, list):
            setattr(node, name, _block(statements, deeper, most))
    for case in getattr(node, "cases", ()):
        case.body = _block(case.body, deeper, most)
    for handler in getattr(node, "handlers", ()):
        handler.body = _block(handler.body, deeper, most)
        if deeper >= 0:  # says that this `except` was taken
            handler.body.insert(0, _step(handler, handler.lineno, handler.lineno, "except", [ast.Pass()]))


def _step(node: ast.AST, first: int, last: int, kind: str, body: list[ast.stmt]) -> ast.stmt:
    arguments: list[ast.expr] = [ast.Constant(value) for value in (first, last, kind)]
    call = ast.Call(ast.Name(STEP, ast.Load()), arguments, [])
    wrapper = ast.copy_location(ast.With([ast.withitem(call)], body), node)
    return ast.fix_missing_locations(wrapper)
