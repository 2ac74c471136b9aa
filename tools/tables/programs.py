"""The program that a stepper offers: a story without what is only for tests, and the library that it builds on.

The library is published once, beside the stepper's script, which puts it before the story when a reader asks for it.
"""

from __future__ import annotations

import ast

from tools.content.repository import ROOT
from tracer import stepper_data

# What a story may import from: the published file holds the whole library, in the order in which it is imported.
LIBRARIES = {"library.py": ("library",), "async_library.py": ("library", "async_library")}


def program(source: str) -> tuple[str, str]:
    """The text of a story's program without its imports from the library, and the file that those come from."""
    text, modules = _without_imports(stepper_data.program(source))
    library = next((name for name in reversed(LIBRARIES) if modules & {LIBRARIES[name][-1]}), "")
    return text, library


def library(name: str) -> str:
    """The text of one of LIBRARIES."""
    parts = []
    for module in LIBRARIES[name]:
        source = (ROOT / "snippets" / f"{module}.py").read_text("utf-8")
        parts.append(_without_imports(stepper_data.program(source))[0])
    return "\n\n".join(parts) + "\n\n"


def _without_imports(source: str) -> tuple[str, set[str]]:
    """`source` without its imports from the library's modules, and which those are."""
    lines, modules = source.splitlines(), set()
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("snippets."):
            modules.add(node.module.removeprefix("snippets."))
            after = node.end_lineno
            while after < len(lines) and not lines[after].strip():
                after += 1
            del lines[node.lineno - 1 : after]
    return "\n".join(lines).rstrip() + "\n", modules
