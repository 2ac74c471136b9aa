"""The classes and the engine that the examples share."""

import os

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.orm import mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    books: Mapped[list["Book"]] = relationship(
        back_populates="author", order_by="Book.id"
    )
    profile: Mapped["Profile | None"] = relationship(
        back_populates="author"
    )


class Profile(Base):
    __tablename__ = "profile"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int] = mapped_column(
        ForeignKey("author.id"), unique=True
    )
    author: Mapped[Author] = relationship(back_populates="profile")


book_tag = Table(
    "book_tag",
    Base.metadata,
    Column("book_id", ForeignKey("book.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("author.id")
    )
    author: Mapped[Author | None] = relationship(
        back_populates="books"
    )
    tags: Mapped[list["Tag"]] = relationship(
        secondary=book_tag,
        back_populates="books",
        order_by="Tag.id",
    )


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    books: Mapped[list[Book]] = relationship(
        secondary=book_tag,
        back_populates="tags",
        order_by="Book.id",
    )


url = os.environ.get("DATABASE_URL") or "sqlite:///library.db"
engine = create_engine(url)


@event.listens_for(engine, "connect")
def on_connect(connection, record):
    if engine.dialect.name == "sqlite":
        connection.isolation_level = None  # no BEGIN of its own
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(engine, "begin")
def on_begin(connection):
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


def empty_tables(metadata=Base.metadata):
    """Drop and create the tables: every run starts empty."""
    metadata.drop_all(engine)
    metadata.create_all(engine)
