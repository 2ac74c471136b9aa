"""What has changed in a recording is told in words: every kind of change, with its step and its line."""

import copy

import pytest

from tools.run import changes
from tracer.recording import Recording, Step

SOURCE = "session = Session(engine)\nsession.add(author)\nsession.flush()\nsession.commit()\n"
INSERT = {"event": "sql", "connection": "c1", "sql": "INSERT INTO author", "parameters": ["Ursula"], "reason": "flush"}
PENDING, PERSISTENT = ({"state": state, "values": {"name": "Ursula"}} for state in ("pending", "persistent"))


def recording():
    begin, commit = ({"event": kind, "connection": "c1", "session": "s1"} for kind in ("begin", "commit"))
    return Recording(
        "chapter/story.py",
        "2.1.9",
        "3.13.0",
        database="sqlite",
        initial={"tables": {"author": []}},
        steps=[
            Step((1, 1), "statement", sessions=["s1"], changes={"names": {"<module>": {"session": "→s1"}}}),
            Step((2, 2), "statement", changes={"objects": {"Author#1": PENDING}}),
            Step((3, 3), "statement", events=[begin, INSERT], changes={"objects": {"Author#1": PERSISTENT}}),
            Step((4, 4), "statement", events=[commit], changes={"tables": {"author": [[1, "Ursula"]]}}),
        ],
    )


def told(change, most=changes.MOST):
    now = recording()
    change(now)
    return changes.told(recording(), now, SOURCE, most)


def event(step, number, **values):
    return lambda now: now.steps[step].events.__setitem__(number, now.steps[step].events[number] | values)


def test_nothing():
    assert told(lambda now: None) == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            lambda now: now.steps[2].events.pop(),
            'step 3, line 3 session.flush(): SQL removed: INSERT INTO author ["Ursula"], flush {"connection": "c1"}',
        ),
        (
            lambda now: now.steps[3].events.append(INSERT),
            'step 4, line 4 session.commit(): SQL added: INSERT INTO author ["Ursula"], flush {"connection": "c1"}',
        ),
        (
            event(2, 1, parameters=["Toni"]),
            'step 3, line 3 session.flush(): SQL changed: INSERT INTO author ["Ursula"], flush {"connection": "c1"}'
            ' → INSERT INTO author ["Toni"], flush {"connection": "c1"}',
        ),
        (
            event(3, 0, event="rollback"),
            "step 4, line 4 session.commit(): transaction changed: "
            'COMMIT {"connection": "c1", "session": "s1"} → ROLLBACK {"connection": "c1", "session": "s1"}',
        ),
        (
            lambda now: now.steps[3].events.append({"event": "output", "text": "done\n"}),
            'step 4, line 4 session.commit(): output added: "done\\n"',
        ),
        (
            lambda now: now.steps[3].events.append({"event": "exception", "type": "ValueError", "message": "no"}),
            'step 4, line 4 session.commit(): exception added: exception {"type": "ValueError", "message": "no"}',
        ),
        (
            lambda now: now.steps[2].changes["objects"].update({"Author#1": None}),
            'step 3, line 3 session.flush(): state of Author#1: persistent {"values": {"name": "Ursula"}} → gone',
        ),
        (
            lambda now: now.steps[2].changes.clear(),
            'step 3, line 3 session.flush(): state of Author#1: persistent {"values": {"name": "Ursula"}} → no change',
        ),
        (
            lambda now: now.steps[3].changes.update({"tables": {"author": []}}),
            'step 4, line 4 session.commit(): what others see in author: [[1, "Ursula"]] → []',
        ),
        (
            lambda now: now.steps[0].changes["names"].update({"<module>": {}}),
            'step 1, line 1 session = Session(engine): variables of the program: {"session": "→s1"} → {}',
        ),
        (
            lambda now: now.steps[3].changes.update({"connections": {"c1": "pooled"}}),
            "step 4, line 4 session.commit(): connection c1: no change → pooled",
        ),
        (
            lambda now: setattr(now.steps[1], "kind", "assert"),
            "step 2, line 2 session.add(author): its kind: statement → assert",
        ),
        (lambda now: now.initial.clear(), "at the start: what others see in author: [] → no change"),
        (lambda now: setattr(now, "source", "0123"), "the hash of the story's text: nothing → 0123"),
        (lambda now: setattr(now, "no_witness", "in memory"), "its no_witness: nothing → in memory"),
    ],
)
def test_every_kind_of_change_is_one_line(change, line):
    assert told(change) == [line]


def test_steps_that_were_added_and_removed():
    printed = Step((3, 3), "statement", events=[{"event": "output", "text": "1\n"}])
    assert told(lambda now: now.steps.insert(2, printed)) == ["step 3, line 3 session.flush(): step added"]
    assert told(lambda now: now.steps.pop(1)) == ["step 2, line 2: step removed"]


def test_steps_that_only_moved_are_counted():
    def move(now):
        for step in now.steps[1:]:
            step.lines = (step.lines[0] + 5, step.lines[1] + 5)

    assert told(move) == ["steps at other lines: 3"]


def test_only_the_first_changes_are_told():
    def many(now):
        now.steps[3].events += [{"event": "output", "text": str(number)} for number in range(30)]

    lines = told(many)
    assert len(lines) == 21
    assert lines[-1] == "10 more"
    assert told(many, most=30)[-1].endswith("output added: 29")


def test_long_values_are_shown_where_they_differ():
    old, new = recording(), recording()
    text = {"event": "output", "text": "x" * 200 + "old" + "x" * 200}
    old.steps[3].events.append(text)
    new.steps[3].events.append(text | {"text": text["text"].replace("old", "new")})
    (line,) = changes.told(old, new, SOURCE)
    shown = line.partition("output changed: ")[2]
    assert shown.startswith("… " + "x" * 15 + "old") and "→ … " + "x" * 15 + "new" in shown
    assert len(shown) < 160


def test_what_has_not_changed_is_never_told_and_what_has_always_is():
    """Each field of a recording and of a step is compared: one that is new to the format would be forgotten."""
    now = recording()
    for name in vars(now):
        if name not in ("steps", "initial", "no_session", "deadline"):
            changed = copy.deepcopy(now)
            setattr(changed, name, {"Author": ["other"]} if isinstance(getattr(now, name), dict) else ["other"])
            assert changes.told(now, changed, SOURCE), name
    for name in vars(now.steps[0]):
        changed = copy.deepcopy(now)
        other = {"lines": (9, 9), "events": [INSERT], "changes": {"tables": {"author": []}}}
        setattr(changed.steps[0], name, other.get(name, ["other"]))
        assert changes.told(now, changed, SOURCE), name
