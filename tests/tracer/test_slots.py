"""Where in the picture each Session stands."""

from tracer.slots import slots

BOX = {"connection": "c1", "session": "s1", "status": "open", "levels": [[]]}


def state(objects=None, **sessions):
    return {"sessions": sessions, "objects": objects or {}}


def test_sessions_that_never_live_at_once_share_a_slot():
    begun = {"transaction": "begun"}
    apart = slots([state(s1=begun), state(s1=None, s2=begun)], [[], []])
    assert apart["of"] == {"s1": 0, "s2": 0} and apart["sessions"] == apart["count"] == 1
    together = slots([state(s1=begun), state(s1=begun, s2=begun)], [[], []])
    assert together["of"] == {"s1": 0, "s2": 1} and together["count"] == 2


def test_a_session_that_never_holds_anything_has_a_slot_only_if_none_does():
    idle, begun = {"transaction": None, "map": []}, {"transaction": "begun"}
    assert slots([state(s1=idle)], [[]])["of"] == {"s1": 0}
    assert slots([state(s1=idle, s2=begun)], [[]])["of"] == {"s2": 0}


def test_a_connection_that_no_session_uses_has_a_slot_of_its_own():
    said = slots([state(s1={"transaction": "begun"})], [[BOX, {**BOX, "connection": "c2", "session": None}]])
    assert (said["sessions"], said["count"]) == (1, 2)


def test_room_is_left_of_the_map_for_what_waits_and_for_what_was_deleted():
    assert slots([state(s1={"map": ["Author#1"]})], [[]])["waits"] == [0]
    assert slots([state(s1={"new": ["Author#1"]})], [[]])["waits"] == [1]
    gone = {"Author#1": {"state": "deleted", "session": "s1"}}
    assert slots([state(gone, s1={"transaction": "begun"})], [[]])["waits"] == [1]


def test_room_is_below_for_what_is_said_of_a_failure():
    states = [state(s1={"transaction": "begun"})]
    assert slots(states, [[BOX]])["fails"] == [0]
    for failure in ({"refused": "IntegrityError"}, {"status": "failed"}, {"levels": [[], []]}):
        assert slots(states, [[BOX | failure]])["fails"] == [1]
