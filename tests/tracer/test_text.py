"""A recording as text."""

from tracer.recording import Recording, Step
from tracer.text import render

SOURCE = "first\nsecond (\n)\nthird\n"


def drawn(*steps, **more):
    return render(Recording("a.py", "", "", steps=list(steps), **more), SOURCE).splitlines()


def test_each_step_is_its_line_and_what_it_did():
    events = [
        {"event": "sql", "connection": "c1", "sql": "SELECT 1", "parameters": [1, "é"], "reason": "query"},
        {"event": "state", "change": "loaded_as_persistent", "objects": ["A#1", "A#2"]},
        {"event": "refresh", "attributes": ["a", "b"], "objects": ["A#1"]},
        {"event": "exception", "type": "KeyError", "message": "no", "cause": "Error"},
        {"event": "output", "text": "é\n"},
    ]
    assert drawn(Step((2, 3), "statement", depth=1, events=events), Step((1, 1), "exit", task="task1")) == [
        "   1 L2      second ( …",
        '        | sql       c1 SELECT 1 [1, "é"]   [query]',
        "        | state     loaded_as_persistent A#1 A#2",
        "        | refresh   attributes=a,b A#1",
        '        | exception KeyError "no" cause=Error',
        '        | output    "é\\n"',
        "   2 L1    [task1] first <exit>",
    ]


def test_what_changed():
    thing = {
        "state": "persistent",
        "session": "s1",
        "key": [1],
        "values": {"id": 1},
        "expired": ["a"],
        "unloaded": ["b"],
    }
    changes = {
        "objects": {"A#1": thing | {"modified": {"id": {"added": [1], "deleted": []}}}, "A#2": None},
        "sessions": {
            "s1": {"new": [], "dirty": ["A#1"], "deleted": [], "map": ["A#1"], "transaction": None},
            "s2": None,
        },
        "connections": {"c1": "open", "c2": None},
        "names": {"<module>": {"a": "→A#1"}, "f": {"b": ["→A#1"]}, "g": {}},
        "tables": {"a": [[1, None]], "b": [], "c": None, "*": None},
    }
    assert drawn(Step((1, 1), "statement", changes=changes))[1:] == [
        "        * A#1: persistent in s1 key=[1] {id=1}; expired: a; unloaded: b; modified id: [] → [1]",
        "        * A#2: garbage collected: the program no longer refers to it",
        "        = s1: new=- dirty=A#1 deleted=- map=A#1 transaction=-",
        "        = s2: gone",
        "        = c1: open",
        "        = c2: gone",
        '        = variables: a "→A#1"',
        '        = variables of f: b ["→A#1"]',
        "        @ a: [[1, null]]",
        "        @ b: no rows",
        "        @ c: gone",
        "        @ *: readable again",
    ]


def test_what_concerns_the_whole_run_stands_at_its_ends():
    assert drawn(
        initial={"tables": {"a": []}, "connections": {"c1": "idle"}},
        uncaught="KeyError: no",
        stopped="steps",
        no_witness="in memory",
        tracer_errors=["step: a bug"],
    ) == [
        "  at the start = c1: idle",
        "  at the start @ a: no rows",
        "! recording stopped after 0 steps, the program went on",
        "! the program ended with KeyError: no",
        "! no other connection: in memory",
        "! the tracer failed: step: a bug",
    ]


def test_threads_and_tasks_are_grouped_between_the_main_steps():
    tasks = ["", "thread1", "thread2", "thread1", "thread2", "", "thread2", "thread1", "task1"]
    lines = drawn(*(Step((1, 1), "statement", task=task) for task in tasks))
    assert [line.split()[0] for line in lines] == ["1", "2", "4", "3", "5", "6", "7", "8", "9"]


def test_the_task_of_each_event_loop_stays_in_its_place():
    tasks = ["", "task1", "task2", "task1", "", "task3", "task4", "task5", "task4", "task3", ""]
    lines = drawn(*(Step((1, 1), "statement", task=task) for task in tasks))
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4", "5", "6", "7", "9", "8", "10", "11"]


def test_colors_are_there_if_asked_for():
    recording = Recording("a.py", "", "", steps=[Step((1, 1), "statement", events=[{"event": "begin"}])])
    assert render(recording, SOURCE, color=True).splitlines() == [
        "\033[1m   1 L1    first\033[0m",
        "\033[36m        | begin\033[0m",
    ]
    assert "\033" not in render(recording, SOURCE)


def test_a_step_below_the_end_of_the_source_is_drawn():
    assert drawn(Step((9, 9), "statement")) == ["   1 L9    "]
