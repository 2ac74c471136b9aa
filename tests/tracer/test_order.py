"""Events that SQLAlchemy makes in the order of a set come in one order."""

from tracer.order import in_order


def state(*objects, change="pending_to_persistent"):
    return {"event": "state", "change": change, "objects": list(objects)}


def test_neighbours_of_one_kind_are_sorted_by_object():
    assert in_order([state("A#10"), state("A#2"), state("A#1")]) == [state("A#1", "A#2", "A#10")]


def test_loaded_rows_keep_their_order():
    loads = [state("A#2", change="loaded_as_persistent"), state("A#1", change="loaded_as_persistent")]
    assert in_order(loads) == loads


def test_what_stands_between_keeps_its_place():
    sql = {"event": "sql", "sql": "INSERT"}
    assert in_order([state("A#2"), sql, state("A#1")]) == [state("A#2"), sql, state("A#1")]


def test_what_happened_to_one_object_keeps_its_order():
    first, then = state("A#1", change="persistent_to_deleted"), state("A#1", change="deleted_to_detached")
    assert in_order([first, then]) == [first, then]


def test_ends_of_transactions_are_sorted_by_connection():
    ends = [{"event": "commit", "connection": name} for name in ("c10", "c2")]
    assert in_order(ends) == ends[::-1]
