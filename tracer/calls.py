"""Which method a line of a program calls, and of which Session."""

from __future__ import annotations

import ast
import functools
import textwrap

from tracer.recording import ARROW, MODULE, State


@functools.lru_cache(maxsize=1000)
def _calls(code: str) -> tuple[tuple[str, str], ...]:
    """The methods that a statement calls, in their order: the variable that each is called on, if any, and its name."""
    text = textwrap.dedent(code)
    for whole in (text, f"{text}\n    pass", f"try:\n    pass\n{text}\n    pass"):
        try:
            tree = ast.parse(f"async def _():\n{textwrap.indent(whole, '    ')}")
        except SyntaxError:
            continue
        found = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                base = node.func.value
                found.append(
                    (
                        node.end_lineno,
                        node.end_col_offset,
                        base.id if isinstance(base, ast.Name) else "",
                        node.func.attr,
                    )
                )
        return tuple((name, method) for *_, name, method in sorted(found, key=lambda one: one[:2]))
    return ()


def of(code: str, function: str, before: State, after: State) -> tuple[str, str]:
    """The method that the statement `code` calls, that of a Session where there is one, and the Session's label."""
    called = _calls(code)
    sessions = {}
    for state in (before, after):
        for scope in (MODULE, function):
            for name, value in (state.get("names", {}).get(scope) or {}).items():
                if isinstance(value, str) and value.removeprefix(ARROW) in after.get("sessions", {}):
                    sessions[name] = value.removeprefix(ARROW)
    for name, method in called:
        if name in sessions:
            return method, sessions[name]
    return (called[-1][1] if called else ""), ""
