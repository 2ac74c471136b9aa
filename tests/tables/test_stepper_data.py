"""The data of every story's stepper are light, and what they say fits together."""

import gzip

import pytest

from tests.tables.test_uncommitted import RECORDINGS, listing
from tools.tables import programs
from tracer import stepper_data

LIMIT = 2048  # bytes, gzip


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.name.removesuffix(".trace.jsonl"))
def test_data(path):
    drawn = listing(path)
    said = stepper_data.data(
        drawn.recording,
        programs.program("\n".join(drawn.lines))[0],
        drawn.stops,
        drawn.boxes,
        drawn.story.tables,
        drawn.code,
        drawn.words,
        "library.py",
    )
    weight = len(gzip.compress(stepper_data.dumps(said).encode(), 9))
    assert weight <= LIMIT, f"the stepper's data weigh {weight} bytes gzip, at most {LIMIT}: shorten the story"
    assert 0 <= said["open"] < len(said["stops"]) == len(drawn.stops)
    for stop in said["stops"]:
        for box in stop.get("glass", ()):
            rows = [row for level in box.get("levels", [[]]) for row in level] + box.get("discarded", [])
            assert {row["table"] for row in rows} <= said["tables"].keys()
            assert all(row["cells"].keys() <= set(said["tables"][row["table"]]["columns"]) for row in rows)
            assert all(
                row.get("object", "Author#1").partition("#")[0] in {**said["classes"], "Author": 0} for row in rows
            )
    compile(said["program"], said["file"], "exec", flags=0)
