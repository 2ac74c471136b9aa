"""Looking at objects changes nothing and runs no code of theirs."""

from tracer.names import MAX_ITEMS, MAX_TEXT


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
