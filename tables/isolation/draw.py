"""What the tables of isolation put together: the outcomes of an anomaly, and the levels where each is so."""

from __future__ import annotations

import re
from typing import Any

FILES = {"sqlite": "data.json", "postgresql": "data.postgresql.json", "mariadb": "data.mariadb.json"}
PLAIN = "plain create_engine()"  # SQLite without listeners
SUMMARY = ("dirty-read", "non-repeatable-read", "phantom", "lost-update", "write-skew")  # that a first reader needs
SERVER_LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")  # the same, so that servers can be compared
SUMMARY_LEVELS = {  # the default level of each database among them; the last prevents what the summary shows
    "sqlite": (PLAIN, "SERIALIZABLE, sends BEGIN, WAL"),
    "postgresql": SERVER_LEVELS,
    "mariadb": SERVER_LEVELS,
}
BREAKS = {  # for columns of a phone
    "UNCOMMITTED": "UN\u00adCOM\u00adMIT\u00adTED",
    "COMMITTED": "COM\u00adMIT\u00adTED",
    "REPEATABLE": "RE\u00adPEAT\u00adABLE",
    "SERIALIZABLE": "SE\u00adRI\u00adAL\u00adIZ\u00adABLE",
    "snapshot": "snap\u00adshot",
    "isolation": "isola\u00adtion",
    "non-repeatable": "non-re\u00adpeat\u00adable",
    "phantom": "phan\u00adtom",
    "create_engine()": "create_\u200bengine()",
}

Cell = dict[str, Any]


def prepare(request: Any) -> dict[str, Any]:
    """The data by database; `level` names one, in columns that break; `outcomes` of an anomaly, refusals last."""
    databases = {database: request.files[file] for database, file in FILES.items()}
    found = {
        "databases": databases,
        "level": lambda name: level(name, request.words),
        "broken": broken,
        "is_default": is_default,
        "summary": SUMMARY,
        "summary_levels": SUMMARY_LEVELS,
        "definitions": lambda program: definitions(program, request.data["names"]),
    }
    if request.part:
        cells = {
            (database, name): row[request.part]
            for database, one in databases.items()
            for name, row in one["cells"].items()
        }
        alike = request.alike(cells, lambda cell: [cell.get(key) for key in ("happened", "waits", "refused", "error")])
        outcomes = [
            {
                "cell": cell,
                "messages": list(dict.fromkeys(message(cells[at], databases[at[0]]) for at in same if "error" in cell)),
                "where": where(same, databases),
            }
            for same, cell in alike
        ]
        outcomes.sort(key=lambda one: (not one["cell"]["happened"], "error" in one["cell"], "waits" in one["cell"]))
        found["outcomes"] = outcomes
    return found


def level(name: str, words: Any) -> str:
    """A level's name, which is the same in every language, and what is said of it."""
    name, comma, more = name.partition(", ")
    if not name.isupper():
        return words.plain_phrase(name)
    return words.plain("with").format(name, words.plain_phrase(more)) if comma else name


def is_default(database: dict[str, Any], name: str) -> bool:
    """Whether an engine has this level where nothing is set. On SQLite that is no level, but what the driver does."""
    return name == PLAIN or name == database["default"]


def definitions(program: str, names: str) -> list[str]:
    """The lines of `names` that a program needs: what they define occurs in it, or in another such line."""
    found: list[str] = []
    for line in reversed(names.splitlines()):
        name = line.partition(" = ")[0]
        if re.search(rf"\b{name}\b", "\n".join([program, *found])):
            found.insert(0, line)
    return found


def broken(name: str) -> str:
    """A name that may break inside its long words."""
    for word, parts in BREAKS.items():
        name = re.sub(rf"(?<![\w-]){re.escape(word)}", parts, name)
    return name


def message(cell: Cell, database: dict[str, Any]) -> str:
    """What a database says of a refusal, after its name and its code for it. A refusal of the Session has no code."""
    return f"{product(database)} {cell['code']}: {cell['message']}" if "code" in cell else cell["message"]


def product(database: dict[str, Any]) -> str:
    """The name of a database without its version."""
    return str(database["server"]).partition(" ")[0]


def where(places: list[tuple[str, str]], databases: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The databases of `places` by name, each with its levels; with none where it is so on all levels."""
    found = []
    for database, one in databases.items():
        if levels := [name for at, name in places if at == database]:
            everywhere = len(levels) == len(one["cells"])
            found.append((product(one), [] if everywhere else levels))
    return found
