"""The table of bulk inserts: each way's time as a multiple of the quickest on the same database."""

from __future__ import annotations

from typing import Any

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mariadb": "MariaDB"}


def prepare(request: Any) -> dict[str, Any]:
    """What the template shows: the databases, and each way with a cell for each of them."""
    found = request.data["databases"]
    names = next(iter(found.values()))["ways"]
    return {
        "rows": f"{next(iter(found.values()))['rows']:,}",
        "databases": [DATABASES[database] for database in found],
        "ways": [{"name": name, "cells": [cell(on["ways"], name) for on in found.values()]} for name in names],
    }


def cell(ways: dict[str, dict[str, float]], name: str) -> dict[str, Any]:
    """One way on one database."""
    quickest = min(way["milliseconds"] for way in ways.values())
    ratio = ways[name]["milliseconds"] / quickest
    return {"quickest": ratio == 1, "ratio": rounded(ratio), "calls": ways[name]["calls"]}


def rounded(ratio: float) -> str:
    """A ratio with as many digits as a measured time deserves: 1.4, 14, 140, 1,400."""
    if ratio < 9.95:
        return f"{ratio:.1f}"
    return f"{round(ratio, -1 if ratio >= 100 else 0):,.0f}"
