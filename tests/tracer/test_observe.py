"""Looking at objects changes nothing and runs no code of theirs."""

import datetime
import decimal
import enum
import uuid

import pytest

from tracer.names import MAX_ITEMS, MAX_TEXT, Names, mapped, natural


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


def test_hostile_classes_are_recorded_like_others(trace):
    traced = trace("""
        class Strange(Base):
            __tablename__ = "strange"
            __table_args__ = {"extend_existing": True}
            __slots__ = ("extra",)
            id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
            name = sqlalchemy.Column(sqlalchemy.String(9))
            def refuse(self, *arguments):
                raise RuntimeError
            __eq__ = __bool__ = __len__ = __str__ = __repr__ = refuse
            def __getattr__(self, name):
                raise AttributeError if name.startswith("_sa_") else RuntimeError
            __hash__ = Base.__hash__
        Base.metadata.tables["strange"].create(engine)
        session = Session(engine)
        strange = Strange(id=1, name="odd")
        session.add(strange)
        session.commit()
        strange.name = "odder"
        session.close()
        Base.metadata.tables["strange"].drop(engine)
        Base.metadata.remove(Base.metadata.tables["strange"])
    """)
    assert traced.after("session.commit()")["objects"]["Strange#1"]["state"] == "persistent"
    modified = traced.after('strange.name = "odder"')["objects"]["Strange#1"]["modified"]
    assert modified == {"name": {"added": ["odder"], "deleted": []}}  # it was expired


def test_what_is_set_while_expired_is_not_expired(trace):
    traced = trace("""
        session = Session(engine)
        author = Author(name="ann")
        session.add(author)
        session.commit()
        author.name = "ben"
    """)
    ann = traced.after('author.name = "ben"')["objects"]["Author#1"]
    assert (ann["values"], "name" in ann["expired"]) == ({"name": "ben"}, False)


def test_a_collection_that_is_never_in_memory_is_not_shown(trace):
    traced = trace("""
        class Shop(Base):
            __tablename__ = "shop"
            __table_args__ = {"extend_existing": True}
            id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
            goods = sqlalchemy.orm.relationship("Good", lazy="write_only")
        class Good(Base):
            __tablename__ = "good"
            __table_args__ = {"extend_existing": True}
            id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
            shop_id = sqlalchemy.Column(sqlalchemy.ForeignKey("shop.id"))
        shop = Shop()
        shop.goods.add(Good())
        Base.registry._dispose_cls(Shop), Base.registry._dispose_cls(Good)
        for name in ("good", "shop"):
            Base.metadata.remove(Base.metadata.tables[name])
    """)
    assert traced.after("shop.goods.add(Good())")["objects"]["Shop#1"] == {
        "state": "transient",
        "values": {},
        "unloaded": ["id"],
    }


def test_looking_loads_nothing(trace):
    """The history of a one-to-one would: asked for it, SQLAlchemy loads what was replaced unread."""
    program = """
        from shelf import Profile
        session = Session(engine)
        session.add(Author(name="ann", profile=Profile()))
        session.commit()
        session.close()
        author = session.scalars(select(Author)).one()
        profile = Profile()
        with session.no_autoflush:
            profile.author = author
            one = 1
            two = 2
            session.flush()
    """
    traced = trace(program)
    assert [one for one in traced.happened("one = 1") + traced.happened("two = 2")] == []
    modified = traced.after("profile.author = author")["objects"]["Author#2"]["modified"]["profile"]
    assert modified == {"added": ["→Profile#2"], "deleted": []}


def test_expired_unloaded_and_deferred_attributes_stay_so(trace):
    traced = trace("""
        from sqlalchemy.orm import defer
        session = Session(engine)
        session.add(Book(title="one"))
        session.commit()
        book = session.scalars(select(Book).options(defer(Book.title))).one()
        nothing = 0
        session.expire(book)
        nothing = 1
    """)
    at_first = traced.after("nothing = 0")["objects"]["Book#2"]
    assert at_first["unloaded"] == ["title", "author"]
    assert traced.after("nothing = 1")["objects"]["Book#2"]["expired"] == ["id", "title", "author_id", "author"]
    assert [event for step in (*traced.all("nothing = 0"), *traced.all("nothing = 1")) for event in step.events] == []


MAPPINGS = {
    "dataclass": """
        from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, registry, relationship
        class Mine(MappedAsDataclass, DeclarativeBase): pass
        class Thing(Mine):
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(init=False, primary_key=True)
            name: Mapped[str] = mapped_column(sqlalchemy.String(9))
        metadata = Mine.metadata
    """,
    "imperative": """
        from sqlalchemy.orm import registry
        mine = registry()
        class Thing:
            def __init__(self, name): self.name = name
        number = sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True)
        name = sqlalchemy.Column("name", sqlalchemy.String(9))
        mine.map_imperatively(Thing, sqlalchemy.Table("thing", mine.metadata, number, name))
        metadata = mine.metadata
    """,
    "polymorphic": """
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Mine(DeclarativeBase): pass
        class Parent(Mine):
            __tablename__ = "thing"
            __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "parent"}
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str] = mapped_column(sqlalchemy.String(9))
            kind: Mapped[str] = mapped_column(sqlalchemy.String(9))
        class Thing(Parent):
            __mapper_args__ = {"polymorphic_identity": "thing"}
        metadata = Mine.metadata
    """,
}


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_mappings_of_every_style(trace, mapping):
    traced = trace(f"""
        {MAPPINGS[mapping].strip()}
        other = fresh(metadata)
        with Session(other) as session, session.begin():
            session.add(Thing(name="one"))
        with Session(other) as session:
            thing = session.scalars(select(Thing)).one()
            thing.name = "two"
            #> thing is modified; thing.name is modified; no SQL
            session.flush()
            #> UPDATE thing; thing is persistent
        metadata.drop_all(other)
    """)
    assert traced.problems == []
    assert traced.after("session.flush()")["objects"]["Thing#2"]["values"]["name"] == "two"


@pytest.mark.parametrize("lazy", ["dynamic", "write_only"])
def test_collections_that_are_not_loaded(trace, lazy):
    collection = {"dynamic": "DynamicMapped", "write_only": "WriteOnlyMapped"}[lazy]
    traced = trace(f"""
        from sqlalchemy.orm import DeclarativeBase, Mapped, {collection}, mapped_column, relationship
        class Mine(DeclarativeBase): pass
        class Child(Mine):
            __tablename__ = "child"
            id: Mapped[int] = mapped_column(primary_key=True)
            parent_id: Mapped[int] = mapped_column(sqlalchemy.ForeignKey("parent.id"))
        class Parent(Mine):
            __tablename__ = "parent"
            id: Mapped[int] = mapped_column(primary_key=True)
            children: {collection}[Child] = relationship(order_by=Child.id)
        other = fresh(Mine.metadata)
        session = Session(other)
        parent = Parent()
        parent.children.add(Child())
        session.add(parent)
        session.commit()
        parent.children.add(Child())
        nothing = 0
        #> no SQL
        session.commit()
        print(len(session.scalars(select(Child)).all()))
        session.close()
        Mine.metadata.drop_all(other)
    """)
    assert traced.problems == []
    assert traced.happened("print(len(session.scalars(select(Child)).all()))")[-1] == "output 2"


def test_scoped_sessions_are_sessions(trace):
    traced = trace("""
        from sqlalchemy.orm import scoped_session, sessionmaker
        registry = scoped_session(sessionmaker(engine))
        registry.add(Author(name="ann"))
        registry.commit()
        registry.remove()
    """)
    assert list(traced.after("registry.commit()")["sessions"]) == ["s1"]
    assert traced.happened("registry.commit()")[-1] == "checkin"


def test_mappers_that_cannot_be_configured(trace):
    traced = trace(
        """
        from sqlalchemy.orm import DeclarativeBase, relationship, clear_mappers
        class Mine(DeclarativeBase): pass
        class Wrong(Mine):
            __tablename__ = "wrong"
            id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
            others = relationship("Missing")
        try:
            wrong = Wrong()
        except sqlalchemy.exc.InvalidRequestError as error:
            said = str(error)
        finally:
            Mine.registry.dispose()
        session = Session(engine)
        author = Author(name="ann")
        session.add(author)
        session.flush()
        """
    )
    assert traced.at("wrong = Wrong()").events[-1]["type"] == "InvalidRequestError"
    assert traced.after("session.flush()")["objects"]["Author#1"]["state"] == "persistent"


def test_long_values_and_collections_are_cut(trace):
    traced = trace(f"""
        session = Session(engine)
        book = Book(title="x" * {MAX_TEXT + 5})
        author = Author(name="ann", books=[Book() for n in range({MAX_ITEMS + 5})])
    """)
    *_, last = traced.recording.states()
    values = last["objects"]
    assert values["Author#1"]["values"]["books"][-1] == "…"
    assert len(values["Author#1"]["values"]["books"]) == MAX_ITEMS + 1
    assert values["Book#1"]["values"]["title"] == "x" * MAX_TEXT + "…"
