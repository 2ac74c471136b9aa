"""Checked comments: a line that starts with `#>` says what the statement above it did, and a recording proves it.

    session.flush()
    #> INSERT author; author is persistent; others see 0 rows in author

The line stands directly under its statement, at the same indentation; several lines may follow each other. Under the
header of a block, indented like its body, it speaks of the header; after a block, indented like the header, of the
whole block, for `with` of leaving it. A statement that runs several times must keep its facts each time. What other
threads and tasks do meanwhile does not count. The facts themselves are in `facts.py`.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracer.facts import SIGN, Fact, FactError, parse, unproven
from tracer.recording import Recording
from tracer.runs import runs


@dataclass
class Claim:
    """The facts about one statement: its kind, its first line, and whether they speak of its header, whole or exit."""

    line: int
    about: str
    facts: list[Fact]


def find(source: str, wrong: list[str] | None = None) -> list[Claim]:
    """The checked comments of a program. Raises SyntaxError for a program that does not parse.

    What would be a FactError is added to `wrong`, where that is given, and raised where it is not.
    """
    if SIGN not in source:
        return []
    tree = ast.parse(source)
    places, shared = dict(_places(tree)), _shared_lines(tree)
    signed = dict(_signed(source))
    claims: list[Claim] = []
    for number, (column, text, alone) in signed.items():
        try:
            if not alone:
                raise FactError(f"line {number}: {SIGN} must stand on a line of its own, under its statement")
            facts = parse(text, number)
            above = number - 1
            while above in signed:
                above -= 1
            # In bytes, as ast counts; an indentation has no other characters.
            place = places.get((above, column))
            if place is None:
                raise FactError(f"line {number}: {SIGN} must stand directly under a statement, at its indentation")
            if place[0] in shared:
                raise FactError(f"line {number}: line {place[0]} has several statements; give each a line of its own")
        except FactError as error:
            if wrong is None:
                raise
            wrong.append(str(error))
            continue
        if claims and (claims[-1].line, claims[-1].about) == place:
            claims[-1].facts += facts
        else:
            claims.append(Claim(*place, facts))
    return claims


def _signed(source: str) -> Iterator[tuple[int, tuple[int, str, bool]]]:
    """The checked comments: line → column, text without the sign, whether nothing is before it. Strings are none."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.string.startswith(SIGN):
            number, column = token.start
            yield number, (column, token.string[len(SIGN) :], not token.line[:column].strip())


def _shared_lines(tree: ast.AST) -> set[int]:
    """The lines on which several statements begin: `a(); b()`, but also `if a: b()`."""
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, (ast.stmt, ast.ExceptHandler))]
    return {line for line, count in Counter(lines).items() if count > 1}


def _places(tree: ast.AST) -> Iterator[tuple[tuple[int, int], tuple[int, str]]]:
    """Where a comment may stand (last line above it, column) → the statement's first line and what is meant of it."""
    functions_and_classes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.stmt, ast.ExceptHandler)) or isinstance(node, functions_and_classes):
            continue
        if isinstance(node, (ast.Try, ast.TryStar)):
            continue  # not a step: its parts are
        if body := getattr(node, "body", None):
            for line in range(node.lineno, body[0].lineno):
                yield (line, body[0].col_offset), (node.lineno, "header")
        if isinstance(node, ast.stmt):
            about = "exit" if isinstance(node, (ast.With, ast.AsyncWith)) else "whole"
            yield (node.end_lineno or node.lineno, node.col_offset), (node.lineno, about)


def check(source: str, recording: Recording) -> list[str]:
    """What does not hold or is no fact, a line each: `7: "… 1 row in author" does not hold; others see 0 rows`."""
    wrong: list[str] = []
    claims = find(source, wrong)
    problems = [*(said.removeprefix("line ") for said in wrong), *unheld(claims, recording)]
    return list(dict.fromkeys(problems))


def unheld(claims: list[Claim], recording: Recording) -> list[str]:
    """What does not hold, a line each that begins with the number of the fact's line."""
    problems: list[str] = []
    executions = [run for run in runs(recording) if not run.file]
    for claim in claims:
        about = [run for run in executions if run.line == claim.line and claim.about in (run.about, "whole")]
        about = [run for run in about if run.about == claim.about] or about
        if not about:
            said = "; ".join(fact.text for fact in claim.facts)
            reason = "recording had stopped" if recording.stopped else "the statement above it never ran"
            problems.append(f'{claim.facts[0].line}: "{said}" was not checked: {reason}')
        for run in about:
            problems += unproven(claim.facts, run)
    return list(dict.fromkeys(problems))
