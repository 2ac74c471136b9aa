"""Where an object can stand before a call that compute.py tries.

A parent in these tries cascades everything: cascade="all, delete-orphan".
"""

import gc

from sqlalchemy import ForeignKey, String, delete, insert, inspect
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    make_transient_to_detached,
    mapped_column,
    relationship,
)

from snippets.library import engine

STATES = "transient", "pending", "persistent", "deleted", "detached"
NEW = "new"  # no object yet


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list["Book"]] = relationship(
        back_populates="author",
        cascade="all, delete-orphan",
        order_by="Book.id",
    )


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(50), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author | None] = relationship(back_populates="books")


class Try:
    """One try: a Session, and the object that is looked at."""

    def __init__(self, start=None):
        with engine.begin() as connection:
            connection.execute(delete(Book))
            connection.execute(delete(Author))
            connection.execute(insert(Author), [{"id": 1}, {"id": 2}])
            book = {"id": 1, "title": "Kindred", "author_id": 1}
            other = {
                "id": 2,
                "title": "Fledgling",
                "author_id": None,
            }
            connection.execute(insert(Book), [book, other])
        self.session = Session(engine)
        self.start = start
        self.seen = None
        self.before = NEW

    def book(self):
        """The object, brought into the state to start from."""
        self.seen = self.start(self.session)
        self.before = state_of(self.seen)
        fired.clear()
        return self.seen

    def forget_session(self):
        self.session = None
        gc.collect()


def state_of(thing):
    return next(s for s in STATES if getattr(inspect(thing), s))


fired: list[tuple[str, object]] = []  # events and their objects, since a try began


# Where an object can stand. The first of each state is the usual
# one; the others are told apart only where they behave otherwise.


def load(session):
    book = session.get(Book, 1)
    assert book in book.author.books  # both sides are loaded
    return book


def changed(session):
    book = load(session)
    book.title = "Dawn"
    return book


def added(session, title="Dawn"):
    book = Book(title=title)
    session.add(book)
    return book


def child(session):
    book = Book(title="Dawn")
    session.get(Author, 1).books.append(book)
    return book


def inserted(session):
    book = added(session)
    session.flush()
    return book


def marked(session, book=load):
    book = book(session)
    session.delete(book)
    return book


def flushed(session, book=load):
    book = marked(session, book)
    session.flush()
    return book


def orphan(session):
    book = load(session)
    book.author.books.remove(book)
    return book


def vanished(session):
    book = load(session)
    session.commit()
    with engine.begin() as connection:
        connection.execute(delete(Book).where(Book.id == 1))
    return book


def expunged(session):
    book = load(session)
    session.expunge(book)
    return book


def inserted_and_expunged(session):
    book = inserted(session)
    session.expunge(book)
    return book


def gone(session):
    with Session(engine) as other:
        book = flushed(other)
        other.commit()
    return book


def invented(session):
    book = Book(id=9, title="Dawn")
    make_transient_to_detached(book)
    return book


STARTS = {
    "transient": {"": lambda session: Book(title="Dawn")},
    "pending": {
        "": added,
        "in a cascading parent's collection": child,
        "refused by the database": lambda s: added(s, "Kindred"),
    },
    "persistent": {
        "": load,
        "changed": changed,
        "inserted in this transaction": inserted,
        "after `delete()`": marked,
        "orphaned": orphan,
        "expired, its row gone": vanished,
    },
    "deleted": {
        "": flushed,
        "inserted in this transaction": lambda s: flushed(s, inserted),
    },
    "detached": {
        "": expunged,
        "its deletion committed": gone,
        "never had a row": invented,
        "expunged after its INSERT": inserted_and_expunged,
    },
}
