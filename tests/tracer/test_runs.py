"""The executions of each statement, with all that happened in them."""

from tracer.recording import Recording, Step
from tracer.runs import over, runs


def sql(text):
    return {"event": "sql", "sql": text}


def of(*steps, **more):
    return list(runs(Recording("program.py", "2.1", "3.11", steps=list(steps), **more)))


def test_a_block_is_whole_header_and_exit():
    found = of(
        Step((1, 1), "with", 0, events=[sql("a")]),
        Step((2, 2), "statement", 1, events=[sql("b")]),
        Step((1, 1), "exit", 0, events=[sql("c")]),
    )
    said = {(run.line, run.about): [event["sql"] for event in run.events] for run in found}
    assert said == {(1, "whole"): ["a", "b", "c"], (1, "header"): ["a"], (1, "exit"): ["c"], (2, "whole"): ["b"]}


def test_the_header_goes_on_after_a_listener_that_it_calls():
    found = of(
        Step((1, 1), "for", 0, events=[sql("a")]),
        Step((9, 9), "statement", 1, function="listener", events=[sql("b")]),
        Step((1, 1), "resume", 0, events=[sql("c")]),
        Step((2, 2), "statement", 1, events=[sql("d")]),
        Step((1, 1), "exit", 0),
    )
    (header,) = [run for run in found if run.about == "header"]
    assert [event["sql"] for event in header.events] == ["a", "b", "c"]


def test_what_another_task_does_meanwhile_is_not_in_it():
    (first, _) = of(Step((1, 1), "statement"), Step((5, 5), "statement", 1, task="other", events=[sql("x")]))
    assert first.events == []


def test_a_step_that_stands_for_many_counts_in_the_block_around_it():
    loop, *_, body = of(Step((1, 1), "for", 0), Step((2, 2), "statement", 1, times=4, events=[sql("a")]))
    assert len(loop.events) == 4
    assert (body.line, len(body.events)) == (2, 1)


def test_the_state_before_and_after():
    one, two = {"state": "pending"}, {"state": "persistent"}
    first, second = of(
        Step((1, 1), "statement", changes={"objects": {"A#1": one}}),
        Step((2, 2), "statement", changes={"objects": {"A#1": two}, "connections": {"c1": "open", "c2": "pooled"}}),
        initial={"objects": {}},
    )
    assert (first.before["objects"], second.before["objects"]["A#1"], second.state["objects"]["A#1"]) == ({}, one, two)
    assert (first.in_use, second.in_use) == (0, 1)
    assert over(first, second).before is first.before


def test_a_line_of_another_file_is_not_the_same_line():
    first, second = of(
        Step((1, 1), "statement"), Step((1, 1), "statement", file="other.py", events=[sql("a")]), Step((1, 1), "exit")
    )
    assert (first.events, first.file, second.file) == ([], "", "other.py")
