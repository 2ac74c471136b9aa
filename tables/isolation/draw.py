"""The tables of isolation: what a level of a database lets happen, and for each anomaly its lines and its outcomes."""

from __future__ import annotations

from html import escape
from typing import Any

from tools.tables.matrix import Cell, Data, Language, code, folded, outcomes, table

from tools.tables.table import TableError

NAME = "isolation"
DATABASES = {"sqlite": NAME, "postgresql": f"{NAME}.postgresql", "mariadb": f"{NAME}.mariadb"}  # their data
COLON = {"en": ": ", "zh": "："}
ASIDE = {"en": " with ", "zh": "＋"}
BREAKS = {  # for columns of a phone
    "UNCOMMITTED": "UN\u00adCOM\u00adMIT\u00adTED",
    "COMMITTED": "COM\u00adMIT\u00adTED",
    "REPEATABLE": "RE\u00adPEAT\u00adABLE",
    "SERIALIZABLE": "SE\u00adRI\u00adAL\u00adIZ\u00adABLE",
    "snapshot": "snap\u00adshot",
    "isolation": "isola\u00adtion",
    "transactions": "trans\u00adactions",
}


def draw(name: str, language: Language, data: Data) -> str:
    """A table as HTML. Raises TableError."""
    found = {database: data(file) for database, file in DATABASES.items()}
    told, named = found["sqlite"], name.removeprefix(f"{NAME}-")
    if named == "names":
        return f"<section><pre><code>{escape(told['names'].rstrip(), quote=False)}</code></pre></section>"
    if named == "databases":
        return f"<section>{_databases(found, language)}</section>"
    if named in found:
        return f"<section>{_levels(found[named], language)}</section>"
    if named in told["anomalies"]:
        return f"<section>{_anomaly(named, found, language)}</section>"
    known = ", ".join(f"{NAME}-{one}" for one in ("names", "databases", *found, *told["anomalies"]))
    raise TableError(f"there is no table '{name}': name one of {known}")


def _databases(found: dict[str, Any], language: Language) -> str:
    rows = [
        ("", [one["server"], code(one["default"]), "<br/>".join(map(code, one["accepts"]))]) for one in found.values()
    ]
    heads = [language.say(head) for head in ("database", "if you say nothing", "accepts")]
    return table("few", language.say("Levels, by SQLAlchemy's names"), heads, rows)


def _levels(found: dict[str, Any], language: Language) -> str:
    """All cells of a database."""

    def head(level: str) -> str:
        words = escape(_level(level, language), quote=False)
        for word, broken in BREAKS.items():
            words = words.replace(word, broken) if f" {word}" in f" {words}" else words
        return words

    rows = [
        ("", [f'<a href="#{name}">{language.say(one["title"])}</a>', *(_short(row[name], language) for row in cells)])
        for cells in [found["cells"].values()]
        for name, one in found["anomalies"].items()
    ]
    heads = [language.say("anomaly"), *map(head, found["cells"])]
    return table("levels", escape(found["server"]), heads, rows)


def _level(level: str, language: Language) -> str:
    """A level's name, which is the same in every language, and what is said of it."""
    name, comma, more = level.partition(", ")
    if not name.isupper():
        return language.plain(level)
    return f"{name}{ASIDE[language.name]}{language.plain(more)}" if comma else name


def _short(cell: Cell, language: Language) -> str:
    if "error" in cell:
        return f"{language.say('waits' if cell.get('waits') else 'refused')} <small>{cell['line']}</small>"
    return f"<b>{language.say('yes')}</b>" if cell["happened"] else "<small>–</small>"


def _anomaly(anomaly: str, found: dict[str, Any], language: Language) -> str:
    """The lines of an anomaly, and its outcomes: on which databases, at which levels."""
    lines = found["sqlite"]["anomalies"][anomaly]["program"].splitlines()
    listed = "".join(f"<li>{code(line)}</li>" for line in lines)
    places = {(at, level): row[anomaly] for at, one in found.items() for level, row in one["cells"].items()}
    rows = []
    for same, cell in outcomes(places, lambda cell: [cell.get(key) for key in ("happened", "line", "waits", "error")]):
        messages = [_message(places[place]) for place in same if "error" in cell]
        what = _outcome(cell, language) + (folded(cell["error"], list(dict.fromkeys(messages))) if messages else "")
        rows.append((not cell["happened"], "error" in cell, what, _where(same, found, language)))
    rows.sort(key=lambda row: row[:2])
    heads = [language.say("outcome"), language.say("where")]
    return table("outcomes", f"<ol>{listed}</ol>", heads, [("", [*row[2:]]) for row in rows])


def _outcome(cell: Cell, language: Language) -> str:
    if "error" not in cell:
        return f"<b>{language.say('happens')}</b>" if cell["happened"] else language.say("does not happen")
    return language.say("line {} waits for a lock" if cell.get("waits") else "line {} is refused", str(cell["line"]))


def _message(cell: Cell) -> str:
    return f"{cell['code']}: {cell['message']}" if "code" in cell else cell["message"]


def _where(places: list[tuple[str, str]], found: dict[str, Any], language: Language) -> str:
    lines = []
    for database, one in found.items():
        if levels := [level for at, level in places if at == database]:
            everywhere = len(levels) == len(one["cells"])
            listed = (
                language.say("all levels") if everywhere else language.list(_level(level, language) for level in levels)
            )
            lines.append(f"<b>{one['server'].partition(' ')[0]}</b>{COLON[language.name]}{listed}")
    return "<br/>".join(lines)
