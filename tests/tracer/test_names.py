"""Labels, and values as JSON holds them: the same in every run, and without running code of theirs."""

import datetime
import decimal
import enum
import uuid

import pytest
import sqlalchemy

from tracer.names import MAX_ITEMS, MAX_OBJECTS, MAX_TEXT, Names, mapped, natural


class Colour(enum.Enum):
    RED = 1


class Hostile:
    """Raises whatever it is asked."""

    __slots__ = ("__dict__",)

    def _no(self, *arguments):
        raise RuntimeError("asked")

    __eq__ = __bool__ = __len__ = __str__ = __repr__ = __getattr__ = _no
    __class__ = property(_no)
    __hash__ = object.__hash__


class HostileList(list):
    __len__ = __iter__ = __bool__ = __eq__ = Hostile._no


class HostileDict(dict):
    items = keys = __iter__ = __len__ = Hostile._no


@pytest.mark.parametrize(
    ("value", "written"),
    [
        *[(None, None), (True, True), (1, 1), (1.5, 1.5), (float("nan"), "nan"), (float("inf"), "inf")],
        *[("text", "text"), (b"\x00\xff", "bytes:00ff"), (bytes(40), f"bytes:{'00' * 32}…")],
        *[(Colour.RED, "Colour.RED"), (decimal.Decimal("1.50"), "1.50"), (datetime.timedelta(1), "1 day, 0:00:00")],
        *[(datetime.date(2000, 1, 2), "2000-01-02"), (datetime.date.today(), "<today>")],
        *[(datetime.datetime(2000, 1, 2, 3), "2000-01-02T03:00:00"), (datetime.datetime.now(), "<now>")],
        *[(datetime.datetime.now(datetime.UTC), "<now>"), (uuid.UUID(int=5), "<uuid 1>")],
        *[([1, [2, [3, [4]]]], [1, [2, [3, "<list>"]]]), ((1, 2), [1, 2]), ({3, 1, 2}, [1, 2, 3])],
        *[({"a": [1], 2: "b"}, {"a": [1], "2": "b"}), (object(), "<object>"), (Hostile(), "<Hostile>")],
        *[(HostileList([1]), [1]), (HostileDict(a=1), {"a": 1}), ({Hostile(): 1}, {"<Hostile>": 1})],
        *[("x" * 999, "x" * MAX_TEXT + "…"), (list(range(999)), [*range(MAX_ITEMS), "…"])],
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_as_json_holds_them(value, written):
    assert Names().value(value) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<User object at 0x7f0012345678>", "<User object at 0x…>"),
        ("2024-13-45 99:99:99 is no time", "2024-13-45 99:99:99 is no time"),
        pytest.param(f"at {datetime.datetime.now()}", "at <now>", id="now"),  # else the id is another each time
        ("at 2001-02-03 04:05:06", "at 2001-02-03 04:05:06"),
        ("wrong (Background on this error at: https://sqlalche.me/e/21/gkpj)", "wrong"),
        (f"{uuid.UUID(int=1)} {uuid.UUID(int=2)} {uuid.UUID(int=1).hex}", "<uuid 1> <uuid 2> <uuid 1>"),
    ],
)
def test_text_without_what_differs_from_run_to_run(text, written):
    assert Names().text(text) == written


def test_labels_sort_as_people_count():
    assert sorted(["Author#10", "Author#2", "A#3"], key=natural) == ["A#3", "Author#2", "Author#10"]


def test_what_is_no_mapped_object_is_not_asked():
    assert mapped(Hostile()) is None
    assert mapped(Hostile) is None
    strange = Hostile()
    object.__getattribute__(strange, "__dict__")["_sa_instance_state"] = "no state"
    assert mapped(strange) is None


def test_variables_that_refuse_to_be_looked_at(trace, shelf):
    shelf.Hostile, shelf.HostileList = Hostile, HostileList
    traced = trace("""
        hostile, several = Hostile(), HostileList([Author()])
        session, plain = Session(engine), [Author(), 1]
    """)
    assert traced.after("session, plain = Session(engine), [Author(), 1]")["names"]["<module>"] == {
        "several": ["→Author#1"],
        "session": "→s1",
        "plain": ["→Author#2", 1],
    }


def test_objects_of_a_class_are_counted_in_the_order_of_first_sight(shelf):
    names = Names()
    first, second = shelf.Author(), shelf.Author()
    labels = [names.object(sqlalchemy.inspect(thing)) for thing in (first, second, first, shelf.Book())]
    assert labels == ["Author#1", "Author#2", "Author#1", "Book#1"]


def test_of_each_class_the_first_are_looked_at_and_others_when_those_have_gone(shelf):
    names = Names()
    authors = [shelf.Author() for _ in range(MAX_OBJECTS + 2)]
    labels = [names.object(sqlalchemy.inspect(author)) for author in authors]
    names.object(sqlalchemy.inspect(shelf.Book()))
    assert list(names.objects) == [*labels[:MAX_OBJECTS], "Book#1"]
    authors[MAX_OBJECTS] = None
    names.forget("Author#1")
    assert list(names.objects)[-1] == f"Author#{MAX_OBJECTS + 2}"
    assert len(names.objects) == MAX_OBJECTS + 1


def test_a_session_made_before_has_no_label_until_it_is_used(shelf):
    engine = sqlalchemy.create_engine("sqlite://")
    names = Names()
    idle, used = shelf.Session(engine), shelf.Session(engine)
    names.leave_asleep()
    used.connection()
    names.label_sessions()
    assert list(names.sessions.values()) == ["s1"]
    assert names.live_session(used.hash_key) is used
    assert names.awake() == ["s1"]
    used.close()
    idle.close()
