"""Joined inheritance: one object, two tables."""

from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(9))


class Writer(Person):
    __tablename__ = "writer"
    __mapper_args__ = {"polymorphic_identity": "writer"}
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    pen_name: Mapped[str] = mapped_column(String(9))


engine = create_engine("sqlite:///inheritance.db")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Writer(pen_name="ann"), Person()])
    session.commit()
    for person in session.scalars(select(Person).order_by(Person.id)):
        print(person.kind, getattr(person, "pen_name", None))
