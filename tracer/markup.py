"""Text, Python and SQL as HTML."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from html import escape as _escape
from typing import Any

from tracer import locale, statements
from tracer.values import python

MAX_SETS = 4  # of parameters, of one statement
_TOKEN = re.compile(
    r"(?P<c>#[^\n]*)"
    r"|(?P<s>(?:\b[rbfRBF]{1,2})?(?:\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))"
    r"|(?P<nf>(?<=\bdef )\w+|(?<=\bclass )\w+)"
    r"|(?P<k>\b(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if"
    r"|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|while|with|yield)\b)"
    r"|(?P<m>\b\d[\d_.]*\b)",
    re.S,
)
_COLUMNS = re.compile(r"(SELECT (?:DISTINCT )?)((?:[\w`\"]+\.[\w`\"]+(?: AS [\w`\"]+)?(?:, |(?= FROM)))+)( FROM )")
_PARAMETER = re.compile(
    r"'(?:[^']|'')*'|\?"
    r"|(?:%\((\w+)\)s|(?<!:):(\w+)|\$(\d+)|%s)"
    r"(?:::\w+(?: VARYING| PRECISION| WITH(?:OUT)? TIME ZONE)?(?:\(\d+\))?)?"
)
_CODE = re.compile(r"`([^`]*)`")
_UNQUOTED = re.compile(r"[\w#*.:-]+")
_LONG = re.compile(r"((?:(?:\?|%s|<var>[^<]*</var>), ){3})(?:(?:\?|%s|<var>[^<]*</var>), ){6,}")  # IN with many values


def escape(text: Any) -> str:
    return _escape(str(text), quote=False)


def closed(items: Iterable[str]) -> str:
    """Items of a list with their ends, which HTML does not ask for but readers of HTML in Python do."""
    return "".join(f"{item}</li>" for item in items)


def attribute(value: str) -> str:
    """The value of an attribute, in quotes where HTML asks for them."""
    return value if _UNQUOTED.fullmatch(value) else f'"{_escape(value)}"'


def marked_up(text: str) -> str:
    """A sentence as HTML: what stands between backticks is code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


@functools.lru_cache(maxsize=2000)
def code(text: str) -> str:
    """Python with the theme's classes for keywords, strings, numbers, comments and names that are defined."""
    drawn, end = [], 0
    for match in _TOKEN.finditer(text):
        drawn.append(escape(text[end : match.start()]))
        drawn.append(f"<i class={match.lastgroup}>{escape(match[0])}</i>")
        end = match.end()
    return "".join([*drawn, escape(text[end:])])


def statement(event: dict[str, Any], name: Callable[[str], str], language: str) -> str:
    """A recorded statement with its parameters in place, its verb and table marked, a mere list of columns as `i`."""
    text = " ".join(event["sql"].split())
    given = event.get("parameters") or []
    sets = given if event.get("many") and isinstance(given, list) else [given]
    drawn, used = _with_parameters(text, sets[0] if sets else [])
    columns = _COLUMNS.match(text)
    if columns and "," in columns[2]:
        cut = len(columns[1]), len(columns[1]) + len(columns[2])
        drawn, used = _with_parameters(text[cut[1] :], sets[0] if sets else [])
        drawn = f"{escape(text[: cut[0]])}<i>{escape(text[cut[0] : cut[1]])}</i>{drawn}"
    verb, table = statements.verb(text), statements.table(text)
    drawn = drawn.replace(escape(verb), f"<b>{verb}</b>", 1) if text.upper().startswith(verb) else drawn
    if table:
        drawn = re.sub(
            rf"((?:FROM|INTO|UPDATE(?:</b>)?|TABLE) (?:ONLY )?[`\"]?){re.escape(table)}\b",
            rf"\1<b>{table}</b>",
            drawn,
            count=1,
        )
    said = []
    if not used:
        said.append(escape(python(sets[0], name)))
    rest = [_parameters_only(item, name) for item in sets[1:]]
    if rest:
        drawn += " " + ", ".join(f"({item})" for item in rest[:MAX_SETS])
        if len(rest) > MAX_SETS:
            drawn += " …"
        said.append(f"× {len(sets)}")
    if "times" in event:
        said.append(f"× {event['times']:,}")
    if "error" in event:
        said.append(escape(event["error"]))
    elif "rows" in event and verb in statements.WRITES:
        said.append(locale.rows(event["rows"], language))
    if "reason" in event:
        said.append(escape(locale.reason(event["reason"], language)))
    return f"{drawn} <small>{' · '.join(said)}</small>" if said else drawn


def _parameters_only(item: Any, name: Callable[[str], str]) -> str:
    values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else [item]
    return ", ".join(f"<var>{escape(python(value, name))}</var>" for value in values)


def _with_parameters(text: str, given: Any) -> tuple[str, bool]:
    """The statement with each parameter in its place; False if they do not fit the placeholders."""
    values = list(given) if isinstance(given, list) else []
    named = given if isinstance(given, dict) else {}
    drawn, end, position, fits = [], 0, 0, True
    for match in _PARAMETER.finditer(text):
        if match[0][0] == "'":
            continue
        key = match[1] or match[2]
        if key is not None:
            if key not in named:
                fits = False
                break
            value = named[key]
        elif match[3]:
            if int(match[3]) > len(values):
                fits = False
                break
            value, position = values[int(match[3]) - 1], len(values)
        elif position < len(values):
            value, position = values[position], position + 1
        else:
            fits = False
            break
        drawn += [escape(text[end : match.start()]), f"<var>{escape(python(value, str))}</var>"]
        end = match.end()
    if not fits or (values and position != len(values)):
        return _LONG.sub(r"\1… ", escape(text)), not given
    return _LONG.sub(r"\1… ", "".join([*drawn, escape(text[end:])])), True
