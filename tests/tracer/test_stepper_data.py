"""The data of a stepper, as static/stepper/README.md describes them."""

import json
import re

import pytest

from tracer import html, stepper_data
from tracer.recording import Recording, Step

SOURCE = "a = 1\nsession.commit()\n"


def data(*steps, source=SOURCE, **more):
    drawn = html.render(Recording("folder/program.py", "2.1", "3.11", steps=list(steps), **more), source)
    return json.loads(re.search(r'<script type="application/json">(.*)</script>', drawn)[1])


def sql(text, **more):
    return {"event": "sql", "connection": "c1", "session": "s1", "sql": text} | more


def test_a_program_is_what_a_reader_copies():
    source = "x = 1\n# --8<-- [start:a]\n# --- story\ny = 2\n#> no SQL\n# --8<-- [end:a]\n"
    assert stepper_data.program(source) == "x = 1\ny = 2\n"


def test_markup_in_the_data_ends_no_script():
    assert stepper_data.dumps({"a": "</script>"}) == '{"a":"\\u003c/script>"}'


def test_a_stop_says_what_was_sent_and_by_which_session():
    stop = data(
        Step(
            (2, 2), "statement", events=[sql("INSERT INTO a", reason="commit"), {"event": "commit", "connection": "c1"}]
        )
    )["stops"][0]
    assert stop["sent"] == [{"verb": "INSERT", "reason": "commit", "session": "s1", "connection": "c1"}]
    assert (stop["acts"], stop["commits"], stop["call"]) == (["s1"], 1, "commit")
    assert "sql" not in stop


@pytest.mark.parametrize(("then", "call"), [("begun", "begin_nested"), (None, "close")])
def test_the_end_of_a_block_is_called_by_what_ends(then, call):
    held = {"new": [], "dirty": [], "deleted": [], "map": [], "transaction": "nested"}
    inside = Step((1, 1), "statement", changes={"sessions": {"s1": held}})
    left = Step((2, 2), "exit", changes={"sessions": {"s1": held | {"transaction": then}}})
    stop = data(inside, left, source="a = 1\nwith session.begin_nested():\n    b = 2\n")["stops"][1]
    assert stop["call"] == call


@pytest.mark.parametrize(("step", "event", "count"), [(5, 1, 5), (1, 7, 7), (2, 3, 6)])
def test_a_step_that_stands_for_many_counts_their_statements(step, event, count):
    times = {"times": event} if event > 1 else {}
    (stop,) = data(Step((2, 2), "statement", times=step, events=[sql("INSERT INTO a", **times)]))["stops"]
    assert (stop["sql"], len(stop["sent"])) == (count, 1)


def test_a_session_lists_the_objects_that_are_known():
    held = {"new": ["A#1", 900], "dirty": [], "deleted": [], "map": [900], "transaction": "begun"}
    (stop,) = data(Step((2, 2), "statement", changes={"sessions": {"s1": held}}))["stops"]
    assert stop["changes"]["sessions"]["s1"] == {"new": ["A#1"], "transaction": "begun"}


def test_the_key_of_a_table_comes_first():
    tables = {"a": {"columns": ["name", "id"], "key": ["id"]}}
    found = data(
        Step((2, 2), "statement", events=[sql("INSERT INTO a")], changes={"tables": {"a": [["x", 1], 9]}}),
        tables=tables,
    )
    assert found["tables"] == {"a": {"columns": ["id", "name"], "key": 1, "widths": [2, 4]}}
    assert found["stops"][0]["changes"]["tables"]["a"] == [[1, "x"], 9]


def test_it_opens_where_most_happens():
    quiet, commit = (
        Step((1, 1), "statement"),
        Step((2, 2), "statement", events=[{"event": "commit", "connection": "c1"}]),
    )
    assert data(quiet, commit)["open"] == 1


def test_a_step_of_another_file_names_it():
    stops = data(Step((1, 1), "statement"), Step((9, 9), "statement", 1, file="other.py"))["stops"]
    assert [stop.get("file") for stop in stops] == [None, "other.py"]


def test_a_table_that_nobody_has_read_is_drawn():
    tables = {"a": {"columns": ["id"], "key": ["id"]}}
    found = data(Step((2, 2), "statement", events=[sql("SELECT id FROM a")]), tables=tables)
    assert found["tables"]["a"]["widths"] == [2]
