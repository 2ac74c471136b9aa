"""Items that say what there is now: only where they would say something new."""

import pytest

from tracer.recording import Recording, Step
from tracer.story import Story
from tracer.things import Things


def drawn(before, after, mark=True):
    """What is drawn of two states that follow each other."""
    kinds = {kind: {**before.get(kind, {}), **after.get(kind, {})} for kind in (*before, *after)}
    recording = Recording("program.py", "2.1", "3.11", steps=[Step((1, 1), "statement", changes=kinds)])
    return list(Things(Story(recording), "en").changed(before, after, mark))


def session(**held):
    return {"new": [], "dirty": [], "deleted": [], "map": [], "transaction": None} | held


def test_what_stays_the_same_is_not_drawn():
    same = {"objects": {"A#1": {"state": "transient", "values": {"id": 1}}}, "sessions": {"s1": session()}}
    assert drawn(same, same) == []


def test_a_changed_value_is_shown_beside_the_old_one():
    (item,) = drawn(
        {"objects": {"A#1": {"state": "persistent", "values": {"name": "ann"}}}},
        {"objects": {"A#1": {"state": "persistent", "values": {"name": "<b>x"}}}},
    )
    assert "name=<del>'ann'</del> <mark>'&lt;b&gt;x'</mark>" in item


@pytest.mark.parametrize(
    ("labels", "said"), [(["A#1"], "A A"), (["A#1", 1000], "1000"), ([1], "1"), ([f"A#{n}" for n in range(4)], "4")]
)
def test_a_session_names_few_objects_and_counts_many(labels, said):
    (item,) = drawn({}, {"sessions": {"s1": session(new=labels)}})
    assert f"<i>new</i> {said} " in item


def test_a_table_with_a_name_that_is_markup_is_text():
    name = 'a"><meta http-equiv=refresh'
    (item,) = drawn({}, {"tables": {name: [[1]]}})
    assert item.startswith('<li data-k="ta&quot;&gt;&lt;meta http-equiv=refresh">')
    assert "<meta" not in item


def test_rows_that_came_went_and_changed():
    (item,) = drawn({"tables": {"a": [[1, "x"], [2, "y"]]}}, {"tables": {"a": [[1, "z"], [3, "w"]]}})
    assert "<code>1, <mark>'z'</mark></code>" in item
    assert "<del><code>2, 'y'</code></del>" in item
    assert "<mark><code>3, 'w'</code></mark>" in item


def test_a_connection_that_was_closed_ends_its_item():
    (item,) = drawn({"connections": {"c1": "pooled"}}, {"connections": {"c1": None}})
    assert item.startswith("<li class=gone data-k=c1>")
