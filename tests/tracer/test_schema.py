"""A recording says which tables there are, and which of them its classes have."""


def test_classes_and_tables_stand_in_the_head(trace):
    recording = trace("""
        with Session(engine) as session:
            session.add(Book(title="a", author=Author(name="b")))
            session.commit()
    """).recording
    assert recording.classes == {"Author": ["author"], "Book": ["book"]}
    assert list(recording.tables)[:1] == ["author"], "not in the order of sorted_tables"
    assert recording.tables["book"] == {"columns": ["id", "title", "author_id"], "key": ["id"]}


def test_joined_inheritance_has_the_table_of_the_key_first(trace):
    recording = trace("""
        from sqlalchemy import ForeignKey
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase):
            pass
        class Person(Base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True)
        class Manager(Person):
            __tablename__ = "a_manager"
            id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
        manager = Manager()
    """).recording
    assert recording.classes["Manager"] == ["person", "a_manager"]


def test_a_table_that_no_metadata_has_is_named_too(trace):
    recording = trace("""
        with Session(engine) as session:
            session.execute(text("CREATE TABLE plain (b INTEGER, a INTEGER)"))
            session.commit()
            session.execute(text("DROP TABLE plain"))
            session.commit()
    """).recording
    assert recording.tables["plain"] == {"columns": ["b", "a"]}
