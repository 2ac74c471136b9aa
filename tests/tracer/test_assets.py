"""The stepper's script: its parts fit together, its words are complete, and Node draws frames with it."""

import gzip
import json
import re
import shutil
import subprocess
import sys

import pytest
from rcssmin import cssmin
from rjsmin import jsmin

from tools.content.repository import ROOT
from tracer import assets

LIMIT = 24 * 1024  # bytes, gzip
AUTHOR = {"state": "transient", "values": {"name": "Ursula"}}
ROW = {"op": "+", "table": "author", "key": 1, "cells": {"name": "Ursula"}, "object": "Author#1", "step": 2}
BOX = {"connection": "c1", "session": "s1", "status": "open", "levels": [[{**ROW, "id": "author:1"}]]}
STORY = {
    "file": "story.py",
    "program": "",
    "open": 2,
    "slots": {"of": {"s1": 0}, "sessions": 1, "count": 1, "waits": [1], "fails": [0]},
    "classes": {"Author": "author"},
    "variables": [["<module>", "a"]],
    "tables": {"author": {"columns": ["id", "name"], "key": 1, "widths": [2, 9]}},
    "initial": {"tables": {"author": []}},
    "stops": [
        {
            "changes": {
                "objects": {"Author#1": AUTHOR},
                "sessions": {"s1": {}},
                "names": {"<module>": {"a": "→Author#1"}},
            }
        },
        {
            "changes": {
                "objects": {"Author#1": {**AUTHOR, "state": "pending", "session": "s1"}},
                "sessions": {"s1": {"new": ["Author#1"], "transaction": "begun"}},
            },
            "crossed": {"add": ["add()", 1]},
        },
        {
            "changes": {
                "objects": {
                    "Author#1": {
                        "state": "persistent",
                        "session": "s1",
                        "key": [1],
                        "values": {"id": 1, "name": "Ursula"},
                    }
                },
                "sessions": {"s1": {"map": ["Author#1"], "transaction": "begun"}},
            },
            "sent": [{"verb": "INSERT", "reason": "flush", "session": "s1", "connection": "c1"}],
            "crossed": {"flush": ["flush() · 1 SQL", 1]},
            "glass": [BOX],
        },
        {
            "changes": {"tables": {"author": [[1, "Ursula"]]}, "sessions": {"s1": {"map": ["Author#1"]}}},
            "commits": 1,
            "crossed": {"commit": ["commit()", 1]},
            "glass": [{**BOX, "levels": [[]], "ended": "commit", "status": "ended"}],
        },
    ],
}
DRAW = """
require("vm").runInThisContext(require("fs").readFileSync(0, "utf8").split("\\u0000")[0]);
const story = JSON.parse(process.argv[1]);
const sizes = [{ width: 800, height: 470 }, { width: 560, height: 470 }, { width: 330, height: 400, narrow: true }];
const steps = story.stops.map((_, at) => at);
console.log(JSON.stringify(sizes.map((size) => steps.map((at) => sessionStepper.still(story, { ...size, at }).body))));
"""


def shapes(svg: str, kind: str) -> list[tuple[int, int, str]]:
    """Left, top and class of the shapes of a class."""
    found = re.finditer(rf'<g class="({kind}\b[^"]*)" transform="translate\((-?\d+) (-?\d+)\)">', svg)
    return [(int(match[2]), int(match[3]), match[1]) for match in found]


def draw(story: dict) -> list[list[str]]:
    """The frames of a story as SVG, for each size."""
    node = shutil.which("node")
    if not node:
        pytest.skip("node is missing: frames of the stepper are not drawn")
    script = assets.script(document=False)
    run = subprocess.run(
        [node, "-e", DRAW, json.dumps(story)], input=script, capture_output=True, text=True, timeout=60
    )
    assert not run.returncode, f"the stepper's script fails in node:\n{run.stderr}"
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def drawn() -> list[list[str]]:
    """The frames of STORY as SVG, for each size."""
    return draw(STORY)


def keys(words: dict, prefix: str = "") -> set[str]:
    return {
        key
        for name, value in words.items()
        for key in (keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name})
    }


@pytest.mark.parametrize("part", ["stepper", "quiz"])
def test_each_language_has_the_same_words(part):
    english = keys(assets.words("en", part))
    for language in assets.LANGUAGES:
        other = keys(assets.words(language, part))
        assert other == english, f"{part}-words.{language}.toml: add or remove {sorted(other ^ english)}"


@pytest.mark.parametrize("language", assets.LANGUAGES)
def test_words_fill_the_same_places(language):
    def places(words: dict) -> list[str]:
        return sorted(re.findall(r"\{\d?\}", json.dumps(words, sort_keys=True)))

    for part in ("stepper", "quiz"):
        assert places(assets.words(language, part)) == places(assets.words("en", part))


def test_script_uses_every_word():
    script = assets.script() + assets.predict()
    unused = [
        key
        for key in keys(assets.words("en")) | keys(assets.words("en", "quiz"))
        if key.partition(".")[0] not in ("lanes", "states", "shelves", "transaction", "undone")
        and not re.search(rf"\b{key.rpartition('.')[2]}\b", script)
        and key not in ("one", "all", "prev", "next")  # by the names of buttons
    ]
    assert not unused, f"words that nothing says: remove {unused} from tracer/locale"


@pytest.mark.parametrize("language", assets.LANGUAGES)
def test_script_and_style_are_light(language):
    parts = (jsmin(assets.script((language,))), cssmin(assets.style()))
    weight = sum(len(gzip.compress(part.encode(), 9)) for part in parts)
    assert weight <= LIMIT, f"script and style of the stepper weigh {weight} bytes gzip, at most {LIMIT}"


def test_frames_hold_what_the_step_is_about(drawn):
    for frames in drawn:
        assert not re.search("NaN|undefined", "".join(frames))
        added, flushed, committed = frames[1:]
        assert shapes(added, "token pending") and not shapes(added, "row")
        assert shapes(flushed, "row made") and shapes(flushed, "ghost") and "private to c1" in flushed
        assert shapes(committed, "row seen lit") and not shapes(committed, "ghost")


DELETED = {
    **STORY,
    "initial": {"tables": {"author": [[1, "Ursula"]]}},
    "stops": [
        {
            "changes": {
                "objects": {"Author#1": {**AUTHOR, "state": "persistent", "session": "s1", "key": [1]}},
                "sessions": {"s1": {"map": ["Author#1"], "deleted": ["Author#1"], "transaction": "begun"}},
                "names": {"<module>": {"a": "→Author#1"}},
            }
        },
        {
            "changes": {
                "objects": {"Author#1": {**AUTHOR, "state": "deleted", "session": "s1", "key": [1]}},
                "sessions": {"s1": {"transaction": "begun"}},
            },
            "sent": [{"verb": "DELETE", "reason": "flush", "session": "s1", "connection": "c1"}],
            "glass": [{**BOX, "levels": [[{**ROW, "op": "-", "cells": {}, "step": 1, "id": "author:1"}]]}],
        },
    ],
}
REFUSED = {
    **STORY,
    "variables": [],
    "stops": [
        {
            "changes": {
                "objects": {"Author#1": {**AUTHOR, "state": "pending", "session": "s1"}},
                "sessions": {"s1": {"new": ["Author#1"], "transaction": "begun"}},
            }
        },
        {
            "changes": {"objects": {"Author#1": None}, "sessions": {"s1": {"transaction": "begun, inactive"}}},
            "sent": [{"verb": "INSERT", "session": "s1", "connection": "c1", "error": "IntegrityError"}],
            "raised": ["IntegrityError"],
            "rollbacks": 1,
        },
        {"changes": {"sessions": {"s1": {}}}},
    ],
}


def test_an_object_whose_delete_was_sent_stands_left_of_the_map():
    for before, flushed in draw(DELETED):
        (held,), (gone,) = shapes(before, "token persistent"), shapes(flushed, "token deleted")
        assert gone[0] < held[0], "a deleted object still stands in the identity map"
        assert re.search(">DELETE sent<|shelf used[^>]*>deleted<", flushed) and "DELETE sent" not in before


def test_an_object_that_a_failure_puts_out_and_nothing_refers_to_is_struck_for_that_step():
    wide, _, phone = draw(REFUSED)  # between them only `rollback()` has room, beside a short name
    for waiting, failed, after in (wide, phone):
        (was,), (lost,) = shapes(waiting, "token pending"), shapes(failed, "token pending")
        assert lost[:2] == was[:2] and "lost" in lost[2]
        assert not shapes(after, "token"), "what is gone shows for one step only"
        waits = re.compile(r">(call )?rollback\(\)( first)?<")
        assert waits.search(failed) and not waits.search(after), "nothing says that the Session waits for rollback()"


def test_a_thread_leads_from_a_name_to_its_object_on_a_phone_too(drawn):
    for frames in drawn:
        assert shapes(frames[2], "thread"), "nothing links the variable with its object"


def test_a_column_of_a_row_is_named(drawn):
    for frames in drawn:
        assert re.search(r">(id, )?name<", frames[3]), "the columns of what others see have no names"


def test_a_row_stands_beside_its_object(drawn):
    for frames in drawn[:2]:
        flushed = frames[2]
        (token,), (row,), (ghost,) = (shapes(flushed, kind) for kind in ("token", "row", "ghost"))
        assert token[0] < row[0] < ghost[0]
        assert row[1] == ghost[1] and 0 <= row[1] - token[1] <= 30
        assert shapes(frames[3], "row seen")[0][:2] == ghost[:2], "the row does not come to where it was awaited"


def test_lands_stay_where_they_are(drawn):
    for frames in drawn:
        assert len({tuple(shapes(frame, "lane")) for frame in frames}) == 1


def test_style_sets_no_type_below_12_5_pixels():
    sizes = re.findall(r"font(?:-size)?:[^;{]*?(?<![\w.])(\d+(?:\.\d+)?)px", assets.style())
    assert min(float(size) for size in sizes if float(size)) >= 12.5


def test_style_survives_being_minified():
    lost = re.findall(r"[\w)\]] :[a-z-]+\(?", assets.style())
    assert not lost, f"the minifier takes the space before the colon: write *{lost[0].split()[1]}…"


def test_words_and_parts_are_found_in_a_zip(tmp_path):
    shutil.make_archive(str(tmp_path / "tracer"), "zip", ROOT, "tracer")
    program = "from tracer import assets, locale; print(len(assets.style()) > 1000, *locale.languages())"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(tmp_path / "tracer.zip")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (found.stdout, found.stderr) == ("True en zh\n", "")
