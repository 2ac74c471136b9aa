"""The versions that the pages were run on: of SQLAlchemy as the recordings have them, of databases as the data do."""

import json
from pathlib import Path

from tools.site.placeholders import sqlalchemy_versions

DATA = Path("tables", "isolation")  # the one table that says which server it was computed on
FILES = ("data.json", "data.postgresql.json", "data.mariadb.json")  # for each database, in the order of the pages


def sqlalchemy(root: Path) -> list[str]:
    """The versions of SQLAlchemy, the newest first; empty where a recording cannot be read (the tests say so)."""
    try:
        return sqlalchemy_versions(root)
    except (OSError, ValueError, LookupError):
        return []


def databases(root: Path) -> list[str]:
    """The name and version of each database, such as `SQLite 3.40.1`; those whose data cannot be read are left out."""
    found = []
    for name in FILES:
        try:
            found.append(str(json.loads((root / DATA / name).read_text("utf-8"))["server"]))
        except (OSError, ValueError, LookupError):
            continue
    return found
