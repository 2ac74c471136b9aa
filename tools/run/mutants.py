"""Mutants of a story: the program with one careless edit in it, each of a kind that a contributor makes by mistake.

A statement is deleted, swapped with the next one, or loses its `with`; a call is exchanged for one of its kind; an
option, an argument or a link of a chain is dropped; a number, a string or a Boolean is another; a condition is negated;
an `except` names another class. What leaves a name without a value is no mutant, because Python says so by itself.

Only what pages show of the story is changed: not its setup, not the Session's end. An `assert` is evidence, as are
checked comments: it may be swapped with its neighbour, and is changed in no other way. Every line keeps its number,
but for those of a swap, which takes the checked comments along. Nothing is run here.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tools.content import snippets

CALLS = {  # what a call is easily mistaken for
    "flush": ("commit", "rollback"),
    "commit": ("flush", "rollback"),
    "rollback": ("commit", "close"),
    "close": ("rollback", "commit"),
    "expire": ("refresh", "expunge"),
    "expire_all": ("expunge_all", "rollback"),
    "expunge": ("expire", "delete"),
    "expunge_all": ("expire_all", "close"),
    "refresh": ("expire",),
    "begin_nested": ("begin",),
    "begin": ("begin_nested",),
    "add": ("merge",),
    "merge": ("add",),
    "delete": ("expunge",),
    "append": ("remove",),
    "remove": ("append",),
}
LINKS = (  # of a chain, which a statement may lose and still run
    *("where", "filter", "filter_by", "having", "order_by", "group_by", "limit", "offset", "distinct", "unique"),
    *("join", "outerjoin", "with_for_update", "options", "execution_options", "returning", "on_conflict_do_update"),
)
NO_ERROR = "ZeroDivisionError"  # in place of the class that a story expects
COMPARED = {ast.Eq: "!=", ast.NotEq: "==", ast.Lt: ">=", ast.GtE: "<", ast.Gt: "<=", ast.LtE: ">"}
KEPT = (ast.Import, ast.ImportFrom, ast.Assert, ast.Pass, ast.Global, ast.Nonlocal)  # statements that are not deleted
WHOLE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)  # those that are not swapped
COMPOUND = (ast.With, ast.AsyncWith, ast.For, ast.AsyncFor, ast.While, ast.If, ast.Try, ast.TryStar, ast.Match)


@dataclass(frozen=True)
class Mutant:
    """One careless edit.

    `line`: where it is, from 1. `change`: what it is, unlike that of every other mutant of the story. `source`: the
    program with it. `moved`: line of the program → line of the story that stands there now, for a swap.
    """

    line: int
    change: str
    source: str
    moved: dict[int, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class _Edit:
    """A change of the source: `text` in place of the bytes from `start` to `end`."""

    line: int
    what: str
    start: int
    end: int
    text: bytes
    moved: tuple[tuple[int, int], ...] = ()


def mutants(source: str) -> list[Mutant]:
    """The mutants of a story, in the order of its lines. Raises SyntaxError for a story that does not parse."""
    tree = ast.parse(source)
    shown = set(snippets.story_lines(source) or ())
    text = _Text(source)
    bound = Counter(name for statement in _statements(tree) for name in _names(statement, ast.Store))
    seen = {ast.dump(tree)}
    found: list[Mutant] = []
    named: dict[str, int] = {}
    for edit in sorted(_edits(tree, text, shown, bound), key=lambda edit: edit.line):
        changed = text.with_edit(edit)
        try:
            dumped = ast.dump(ast.parse(changed))
        except SyntaxError:  # such as a `return` that is taken out of its place
            continue
        if dumped in seen:
            continue
        seen.add(dumped)
        named[edit.what] = named.get(edit.what, 0) + 1
        nth = f" ({named[edit.what]})" if named[edit.what] > 1 else ""
        found.append(Mutant(edit.line, edit.what + nth, changed, dict(edit.moved)))
    return found


class _Text:
    """A program by lines and by the offsets of its nodes, in bytes, as ast counts."""

    def __init__(self, source: str) -> None:
        self.bytes = source.encode()
        self.lines = self.bytes.splitlines(keepends=True)
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends."""
        at: tuple[int, int, int, int] = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        return self._starts[at[0] - 1] + at[1], self._starts[at[2] - 1] + at[3]

    def of(self, node: ast.AST) -> bytes:
        """The source of a node."""
        start, end = self.span(node)
        return self.bytes[start:end]

    def line_start(self, number: int) -> int:
        """Where a line begins; one after the last is the end."""
        return self._starts[number - 1]

    def first_line(self, node: ast.AST) -> str:
        """The first line of a statement, as tables and files of facts name it."""
        return self.lines[node.lineno - 1].decode().strip()  # type: ignore[attr-defined]

    def with_edit(self, edit: _Edit) -> str:
        """The source with one change."""
        return (self.bytes[: edit.start] + edit.text + self.bytes[edit.end :]).decode()

    def comments_end(self, statement: ast.stmt) -> int:
        """The last line of a statement with the checked comments below it."""
        last = statement.end_lineno or statement.lineno
        while last < len(self.lines) and self.lines[last].lstrip().startswith(snippets.CHECKED.encode()):
            last += 1
        return last


def _edits(tree: ast.Module, text: _Text, shown: set[int], bound: Counter[str]) -> Iterator[_Edit]:
    read = {name for statement in _statements(tree) for name in _names(statement, ast.Load)}
    for body in _bodies(tree):
        for number, statement in enumerate(body):
            if statement.lineno not in shown or isinstance(statement, (ast.Import, ast.ImportFrom)):
                continue
            only_here = {name for name in _names(statement, ast.Store) if bound[name] == 1}
            if not only_here & read:
                yield from _deleted(statement, text)
            following = body[number + 1] if number + 1 < len(body) else None
            if following and following.lineno in shown:
                needed = {name for part in _statements(following) for name in _names(part, ast.Load)}
                if not only_here & needed:
                    yield from _swapped(statement, following, text)
            yield from _without_with(statement, text)
            if not isinstance(statement, ast.Assert):
                for node in _own(statement):
                    yield from _inside(node, statement, text)


def _bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements, those of blocks within blocks too."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield body


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """All statements, those of blocks too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def _names(statement: ast.stmt, context: type[ast.expr_context]) -> Iterator[str]:
    """The names that a statement itself gives a value, or reads."""
    for node in _own(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, context):
            yield node.id


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement itself, without the statements in it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            typed = isinstance(node, (ast.AnnAssign, ast.arg)) and child is node.annotation
            text = isinstance(child, (ast.JoinedStr, ast.FormattedValue))  # its parts have no place of their own
            if not (isinstance(child, ast.stmt) or typed or text):
                waiting.append(child)


def _deleted(statement: ast.stmt, text: _Text) -> Iterator[_Edit]:
    documentation = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    if not isinstance(statement, (*KEPT, *COMPOUND, *WHOLE)) and not documentation:
        start, end = text.span(statement)
        what = f"delete: {text.first_line(statement)}"
        yield _Edit(statement.lineno, what, start, end, b"(" + _padded(b"", text.bytes[start:end]) + b")")


def _swapped(first: ast.stmt, second: ast.stmt, text: _Text) -> Iterator[_Edit]:
    """Both with the checked comments below them, and what is between them as it is."""
    if isinstance(first, WHOLE) or isinstance(second, WHOLE) or first.lineno == second.lineno:
        return
    if isinstance(first, ast.Assert) and isinstance(second, ast.Assert):
        return  # both must hold, in whatever order
    top, middle = first.lineno, text.comments_end(first)
    below, bottom = second.lineno, text.comments_end(second)
    order = [*range(below, bottom + 1), *range(middle + 1, below), *range(top, middle + 1)]
    lines = [text.lines[number - 1] for number in order]
    if not lines[-1].endswith(b"\n"):
        return
    moved = tuple((top + number, line) for number, line in enumerate(order) if top + number != line)
    what = f"swap: {text.first_line(first)} <> {text.first_line(second)}"
    yield _Edit(first.lineno, what, text.line_start(top), text.line_start(bottom + 1), b"".join(lines), moved)


def _without_with(statement: ast.stmt, text: _Text) -> Iterator[_Edit]:
    """`with a as b:` is `b = a`, and its body, in an `if` that holds."""
    if not isinstance(statement, ast.With):
        return
    parts = []
    for item in statement.items:
        value = text.of(item.context_expr)
        if item.optional_vars is None:
            parts.append(value)
        elif isinstance(item.optional_vars, ast.Name):
            parts.append(b"%s := %s" % (item.optional_vars.id.encode(), value))
        else:
            return
    last = statement.items[-1]
    start = text.span(statement)[0]
    end = text.bytes.index(b":", text.span(last.optional_vars or last.context_expr)[1])
    old = text.bytes[start:end]
    yield _Edit(
        statement.lineno,
        f"without with: {text.first_line(statement)}",
        start,
        end,
        _padded(b"if [" + b", ".join(parts) + b"]", old),
    )


def _inside(node: ast.AST, statement: ast.stmt, text: _Text) -> Iterator[_Edit]:
    """The edits of one node of a statement."""
    where = text.first_line(statement)
    line = getattr(node, "lineno", statement.lineno)

    def edit(what: str, old: ast.AST, new: bytes) -> _Edit:
        start, end = text.span(old)
        replaced = text.bytes[start:end]
        if b"\n" in replaced:
            new = b"(" + _padded(new, replaced) + b")"
        return _Edit(line, f"{what}: {where}", start, end, new)

    if isinstance(node, ast.Call):
        yield from _call(node, edit, text)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield edit(f"{not node.value} for {node.value}", node, str(not node.value).encode())
        elif isinstance(node.value, (int, float)):
            yield edit(f"{node.value + 1} for {node.value}", node, str(node.value + 1).encode())
        elif isinstance(node.value, str) and node.value and not _documents(node, statement):
            yield edit(f"{node.value + 'x'!r} for {node.value!r}", node, repr(node.value + "x").encode())
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
        sign = COMPARED[type(node.ops[0])]
        new = b"%s %s %s" % (text.of(node.left), sign.encode(), text.of(node.comparators[0]))
        yield edit(f"{sign} for {ast.unparse(node)}", node, new)
    elif isinstance(node, ast.ExceptHandler) and node.type is not None:
        yield edit(f"except {NO_ERROR}", node.type, NO_ERROR.encode())
    if isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield edit(f"not {ast.unparse(node.test)}", node.test, b"not (" + text.of(node.test) + b")")


def _documents(node: ast.Constant, statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and statement.value is node


def _call(node: ast.Call, edit: Callable[[str, ast.AST, bytes], _Edit], text: _Text) -> Iterator[_Edit]:
    """The edits of a call: another method, a link less, an option less."""
    arguments: list[ast.AST] = [*node.args, *node.keywords]
    function = node.func
    if isinstance(function, ast.Attribute):
        name, target = function.attr, text.of(function.value)
        copied = name in ("add", "merge") and not (node.args and isinstance(node.args[0], ast.Name))
        for other in () if copied else CALLS.get(name, ()):  # nobody keeps the object, so a copy is as good
            start, end = text.span(node)
            called = text.bytes[text.span(function)[1] : end]
            yield edit(f"{other}() for {name}()", node, target + b"." + other.encode() + called)
        if name in LINKS and isinstance(function.value, (ast.Call, ast.Attribute, ast.Name)):
            yield edit(f"without {name}()", node, target)
    for one in arguments:
        if isinstance(one, ast.keyword) and one.arg:
            rest = b", ".join(text.of(other) for other in arguments if other is not one)
            yield edit(f"without {one.arg}=", node, text.of(function) + b"(" + rest + b")")


def _padded(new: bytes, old: bytes) -> bytes:
    """What stands in place of `old`, with as many lines."""
    return new + b"\n" * max(0, old.count(b"\n") - new.count(b"\n"))
