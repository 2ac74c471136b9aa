"""Listeners that write, refuse and send SQL of their own."""

from sqlalchemy import String, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(20))


class Log(Base):
    __tablename__ = "log"
    id: Mapped[int] = mapped_column(primary_key=True)
    said: Mapped[str] = mapped_column(String(20))


engine = create_engine("sqlite:///events.db")
Base.metadata.create_all(engine)


@event.listens_for(Session, "before_flush")
def log(session, context, instances):
    for thing in list(session.new):
        if isinstance(thing, Book):
            session.add(Log(said=thing.title))


@event.listens_for(Book, "after_insert")
def count(mapper, connection, book):
    print("books", connection.scalar(select(func.count()).select_from(Book)))


@event.listens_for(Book.title, "set", retval=True)
def capital(book, value, old, initiator):
    if not value:
        raise ValueError("a title")
    return value.title()


with Session(engine) as session:
    session.add(Book(title="emma"))
    session.commit()
    try:
        Book(title="")
    except ValueError as error:
        print("refused:", error)
    print(session.scalars(select(Log.said)).all())
