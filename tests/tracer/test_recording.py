"""A recording survives being written and read; what is none says so."""

import json

import pytest

from tracer.recording import FORMAT, Recording, Step, load, loads


def test_what_is_written_is_read_again(trace):
    recording = trace("""
        with Session(engine) as session:
            session.add(Author(name="line\\u2028separator\\x85"))
            session.commit()
    """).recording
    assert loads(recording.dumps()) == recording


def test_a_file_is_a_head_and_a_line_for_each_step(tmp_path):
    steps = [Step((1, 2), "statement"), Step((3, 3), "with", depth=1, task="task1", events=[{"event": "begin"}])]
    recording = Recording("a.py", "2.1", "3.13", steps=steps)
    head, first, second = map(json.loads, recording.dumps().splitlines())
    assert head == {"format": FORMAT, "program": "a.py", "sqlalchemy": "2.1", "python": "3.13"}
    assert first == {"lines": [1, 2], "kind": "statement"}
    assert second == {"lines": [3, 3], "kind": "with", "depth": 1, "task": "task1", "events": [{"event": "begin"}]}
    (tmp_path / "a.jsonl").write_text(recording.dumps(), "utf-8")
    assert load(tmp_path / "a.jsonl") == recording


@pytest.mark.parametrize("text", ["", "no JSON", "{}", "[]", '{"format": 99}', '{"format": 1, "shoe": 2}'])
def test_what_is_no_recording_says_so(text):
    with pytest.raises(ValueError, match=r"^a\.jsonl: not a recording \(.*\)$"):
        loads(text, "a.jsonl")


def test_an_older_recording_says_what_to_do():
    with pytest.raises(
        ValueError, match=r"^a\.jsonl: .*of format 1, and this tracer reads 2: record the program again"
    ):
        loads('{"format": 1, "program": "a.py", "sqlalchemy": "2.1", "python": "3.13"}', "a.jsonl")


def test_reserved_fields_are_written_and_read():
    steps = [Step((1, 1), "statement", file="shelf.py", times=40, sessions=["s1"])]
    recording = Recording("a.py", "2.1", "3.13", stopped="deadline", deadline=2.5, steps=steps)
    assert loads(recording.dumps()) == recording


def test_a_missing_file_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError):
        load(tmp_path / "missing.jsonl")


def test_states_are_the_changes_so_far():
    steps = [
        Step((1, 1), "statement", changes={"connections": {"c1": "open"}}),
        Step((2, 2), "statement"),
        Step((3, 3), "statement", changes={"connections": {"c1": None}, "tables": {"a": [[1]]}}),
    ]
    recording = Recording("a.py", "", "", initial={"tables": {"a": []}}, steps=steps)
    states = [json.loads(json.dumps(state)) for state in recording.states()]
    assert states[0] == states[1] == {"tables": {"a": []}, "connections": {"c1": "open"}}
    assert states[2] == {"tables": {"a": [[1]]}, "connections": {"c1": None}}
    assert recording.initial == {"tables": {"a": []}}
