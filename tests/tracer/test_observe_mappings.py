"""Classes that are mapped in other ways, and Sessions that hide behind others."""

import pytest

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
