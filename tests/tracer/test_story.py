"""What must be known of a whole recording before its steps are drawn."""

from tracer.recording import Recording, Step
from tracer.story import MAX_OBJECTS, Story, display_names


def thing(**values):
    return {"state": "transient", "values": values}


def story(*changes, initial=None):
    steps = [Step((n, n), "statement", changes=change) for n, change in enumerate(changes, 1)]
    return Recording("program.py", "2.1", "3.11", initial=initial or {}, steps=steps)


def test_columns_are_told_from_relationships():
    known = Story(story({"objects": {"A#1": thing(id=1, author="→B#1", books=[])}}))
    assert known.columns == {"A": {"id"}}


def test_objects_of_the_setup_are_no_objects_of_the_story():
    known = Story(story({"objects": {"A#2": thing()}}, initial={"objects": {"A#1": thing()}}))
    assert known.labels == {"A#2"}


def test_of_many_objects_those_with_names_are_listed_first():
    objects = {f"A#{n}": thing() for n in range(1, MAX_OBJECTS + 3)}
    last = f"A#{MAX_OBJECTS + 2}"
    known = Story(story({"objects": objects, "names": {"<module>": {"one": f"→{last}"}}}))
    assert len(known.listed) == MAX_OBJECTS
    assert last in known.listed
    assert f"A#{MAX_OBJECTS}" not in known.listed


def test_tables_are_those_that_change_or_are_spoken_of():
    recording = story({"tables": {"a": []}}, initial={"tables": {"unused": []}})
    recording.steps[0].events = [{"event": "sql", "sql": "SELECT x FROM b"}]
    assert Story(recording).tables == {"*", "a", "b"}


def test_two_things_of_one_moment_do_not_share_a_name():
    two = {"A#1": thing(), "A#2": thing()}
    names = display_names(
        story({"objects": two, "names": {"<module>": {"a": "→A#1"}}}, {"names": {"<module>": {"a": "→A#2"}}})
    )
    assert names == {"A#1": "a"}


def test_a_name_is_free_when_its_thing_has_gone():
    names = display_names(
        story(
            {"objects": {"A#1": thing()}, "names": {"<module>": {"a": "→A#1"}}},
            {"objects": {"A#1": None}},
            {"objects": {"A#2": thing()}, "names": {"<module>": {"a": "→A#2"}}},
        )
    )
    assert names == {"A#1": "a", "A#2": "a"}
