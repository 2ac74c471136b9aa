"""Rows behind glass are those that others see after the COMMIT: in every recording, at every COMMIT, in every table."""

from pathlib import Path

import pytest

from tools.content.repository import ROOT
from tracer import load
from tracer.listing import Listing
from tracer.recording import row_count, rows_of
from tracer.uncommitted import Uncommitted, how_it_ends

RECORDINGS = sorted((ROOT / "snippets").glob("*/*.trace.jsonl"))
CHANGE = {"+": 1, "-": -1, "~": 0}
# Story and line of the COMMIT → table → why what was sent does not tell what others see.
EXCEPTIONS = {
    ("on_delete_spares_the_session_its_statements", 67): {
        "post": "the database deletes them itself: ON DELETE CASCADE"
    },
    ("a_replica_is_read_and_lags", 40): {"author": "the row is in the replica, and others look at the first database"},
    ("one_statement_changes_many_rows", 18): {"book": "which row DELETE … LIKE removed is not known"},
    ("an_upsert_changes_the_row_not_the_object", 110): {"profile": "which rows an upsert inserts is not known"},
    ("a_conflict_ends_the_savepoint_too", 43): {
        "author": "MariaDB has rolled everything back with the conflict, which its driver does not tell"
    },
}


def listing(path: Path) -> Listing:
    story = path.with_name(path.name.split(".")[0] + ".py")
    return Listing(load(path), story.read_text("utf-8"), "en", story.stem)


def differences(path: Path) -> list[str]:
    """Where the rows that a COMMIT makes public are not those that were behind glass."""
    drawn = listing(path)
    uncommitted, found = Uncommitted(drawn.recording), []
    for number, (step, events, before, after) in enumerate(drawn.stops):
        parts, rows = [[]], {}
        for event in events:
            parts[-1].append(event)
            if event["event"] == "commit":
                parts.append([])
        if len(parts) > 2:
            uncommitted.take(number, events, before, after)
            continue  # two COMMITs in one stop: the recording says what others see only after both
        for part in parts[:-1]:
            commit = part.pop()
            uncommitted.take(number, part, before, after | {"connections": {}})  # what it says is so after the COMMIT
            box = uncommitted.boxes.get(commit["connection"], {"levels": []})
            for row in (row for level in box["levels"] for row in level):
                if how_it_ends(commit, before, parts[-1], after) == "commit":
                    rows.setdefault(row["table"], []).append(row)
            uncommitted.take(number, [commit, *parts[-1]], before, after)
        if len(parts) == 1:
            uncommitted.take(number, parts[-1], before, after)
            continue
        for table, seen in after.get("tables", {}).items():
            was = before.get("tables", {}).get(table)
            if not isinstance(seen, list) or not isinstance(was, list):
                continue
            expected = row_count(was) + sum(CHANGE[row["op"]] for row in rows.get(table, ()))
            key = {row["key"] for row in rows.get(table, ()) if row["op"] != "-" and "key" in row}
            public = {uncommitted.key_of_row(table, row) for row in rows_of(seen)}
            why = EXCEPTIONS.get((path.name.split(".")[0], step.lines[0]), {}).get(table)
            wrong = expected != row_count(seen) or (len(rows_of(seen)) == len(seen) and not key <= public)
            if wrong and not why:
                found.append(
                    f"line {step.lines[0]}: {table}: {expected} rows, others see {row_count(seen)}, keys {key}"
                )
            if why and not wrong:
                found.append(f"line {step.lines[0]}: {table} is as it should be: remove it from EXCEPTIONS")
    return found


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.name.removesuffix(".trace.jsonl"))
def test_what_was_behind_glass_is_what_others_see(path):
    assert not differences(path)
