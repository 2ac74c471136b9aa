"""A hash of what a story's text does, for recordings that the default tests cannot make again: of other places.

It leaves out what changes nothing that a recording says: comments, docstrings, and spaces at the end of a line. Of the
modules of snippets/ that the story imports, empty lines too: a recording has no line of theirs.
"""

from __future__ import annotations

import ast
import hashlib
import io
import tokenize
from pathlib import Path

_SPACE = (tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT)


def of(story: Path) -> str:
    """The hash of a story below snippets/ and of what it imports from there: 12 digits; empty if it does not parse."""
    root = story.parents[2]
    try:
        own = [f"{number}:{line}" for number, line in enumerate(_lines(story.read_text("utf-8")), 1) if line]
        imported = [line for path in _imported(story, root) for line in _lines(path.read_text("utf-8")) if line]
    except (SyntaxError, tokenize.TokenError):
        return ""  # which is said elsewhere
    return hashlib.sha256("\n".join([*own, *imported]).encode()).hexdigest()[:12]


def _lines(source: str) -> list[str]:
    """The lines of a program, those of comments and docstrings empty."""
    lines = source.splitlines()
    fresh = True  # whether a statement begins here
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    for token, following in zip(tokens, tokens[1:], strict=False):
        (first, start), (last, _) = token.start, token.end
        if token.type == tokenize.COMMENT:
            lines[first - 1] = lines[first - 1][:start]
        elif fresh and following.type == tokenize.NEWLINE and _is_docstring(token):
            lines[first - 1 : last] = [""] * (last - first + 1)
        fresh = token.type == tokenize.NEWLINE or fresh and token.type in _SPACE
    return [line.rstrip() for line in lines]


def _is_docstring(token: tokenize.TokenInfo) -> bool:
    """Whether a token is a string and no f-string, which is one token up to Python 3.11 only."""
    return token.type == tokenize.STRING and "f" not in token.string.partition(token.string[-1])[0].lower()


def _imported(story: Path, root: Path) -> list[Path]:
    """The modules of snippets/ that a program imports, and those that they do, in the order of their names."""
    found: dict[Path, None] = {}
    waiting = [story]
    while waiting:
        for node in ast.walk(ast.parse(waiting.pop().read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                path = root / f"{name.replace('.', '/')}.py"
                if name.startswith("snippets.") and path.is_file() and path not in found:
                    found[path] = None
                    waiting.append(path)
    return sorted(found)
