"""What each operation does to a book through its author: twelve mappings, fifteen operations, every cell run."""

from __future__ import annotations

import functools
import json
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import insert

from snippets.library import engine
from tools.run import watch

# The mapping of each cell. Placeholders: the options of Author.books, and of the foreign key.
MAPPING = """\
from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship
from snippets.library import engine
class Base(DeclarativeBase):
    pass
class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    books: Mapped[list["Book"]] = relationship(back_populates="author", order_by="Book.id"{relationship})
class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"{key}))
    author: Mapped[Author | None] = relationship(back_populates="books")
"""

# Letter → options of the relationship, options of the foreign key.
MAPPINGS = {
    "A": ("", ""),
    "B": ('cascade=""', ""),
    "C": ('cascade="save-update"', ""),
    "D": ('cascade="merge"', ""),
    "E": ('cascade="save-update, merge, expunge"', ""),
    "F": ('cascade="save-update, merge, refresh-expire"', ""),
    "G": ('cascade="all"', ""),
    "H": ('cascade="all, delete-orphan"', ""),
    "I": ('cascade="all, delete-orphan", passive_deletes=True', 'ondelete="CASCADE"'),
    "J": ("passive_deletes=True", 'ondelete="SET NULL"'),
    "K": ('passive_deletes="all"', 'ondelete="CASCADE"'),
    "L": ('passive_deletes="all"', ""),
}

SETUP = """\
from mapping import *
session = Session(engine)
"""
NEW = 'author = Author(name="Ursula")\nbook = Book()\nauthor.books.append(book)\n'
UNREAD = "author = session.get(Author, 1)\nbook = session.get(Book, 1)\n"
STORED = UNREAD + "author.books\n"
DETACHED = STORED + "session.close()\n"
# The key is given because the first book's was: a sequence would begin with the same.
ANOTHER = STORED + "book = Book(id=2)\n"
OTHER = STORED + "other = session.get(Author, 2)\n"
FLUSH = "session.flush()"

# Operation → its title, what precedes it, its line, and what flushes it.
OPERATIONS = {
    "add-new": ("`add()`, new author", NEW, "session.add(author)", ""),
    "add-detached": ("`add()`, detached author", DETACHED, "session.add(author)", ""),
    "merge": ("`merge()`, detached author", DETACHED, "copy = session.merge(author)", ""),
    "expunge": ("`expunge()`", STORED, "session.expunge(author)", ""),
    "expire": ("`expire()`", STORED, "session.expire(author)", ""),
    "refresh": ("`refresh()`", STORED, "session.refresh(author)", ""),
    "append": ("`books.append()`, new book", ANOTHER, "author.books.append(book)", FLUSH),
    "set-parent": ("`book.author = author`, new book", ANOTHER, "book.author = author", FLUSH),
    "remove": ("`books.remove()`", STORED, "author.books.remove(book)", FLUSH),
    "set-none": ("`book.author = None`", STORED, "book.author = None", FLUSH),
    "move": ("`append()` to another author", OTHER, "other.books.append(book)", FLUSH),
    "delete-parent": ("`delete()` of the author", STORED, "session.delete(author)", FLUSH),
    "delete-unread": ("the same, `books` not loaded", UNREAD, "session.delete(author)", FLUSH),
    "delete-child": ("`delete()` of the book", STORED, "session.delete(book)", FLUSH),
    "delete-statement": (
        "`execute(delete(Author))`",
        UNREAD,
        "session.execute(delete(Author).where(Author.id == 1))",
        "",
    ),
}


def compute() -> dict[str, Any]:
    """The mappings, the operations, and every cell: by mapping, then by operation."""
    return {
        "mappings": {
            letter: {"relationship": relationship, "key": key, "carries": carries(letter)}
            for letter, (relationship, key) in MAPPINGS.items()
        },
        "operations": {
            name: {"title": title, "program": f"{before}{call}\n{flush}".rstrip()}
            for name, (title, before, call, flush) in OPERATIONS.items()
        },
        "cells": watch.table(MAPPINGS, OPERATIONS, cell),
    }


def carries(letter: str) -> list[str]:
    """The cascades of Author.books, as SQLAlchemy has understood them."""
    return sorted(mapping(letter).Author.books.property.cascade)


@functools.lru_cache(maxsize=1)
def mapping(letter: str) -> Any:
    """A module `mapping` with the classes of a mapping, and empty tables for them."""
    relationship, key = (f", {options}" if options else "" for options in MAPPINGS[letter])
    module = types.ModuleType("mapping")
    source = MAPPING.format(relationship=relationship, key=key)
    exec(
        compile(source, "mapping.py", "exec", dont_inherit=True),
        module.__dict__,
    )
    module.Base.metadata.drop_all(engine)
    module.Base.metadata.create_all(engine)
    return module


def cell(letter: str, operation: str) -> dict[str, Any]:
    """Run one cell's program and say what became of the book.

    `book`: its state; `expired`; `key`: of its author, in its row, as the transaction sees it, absent without a row;
    `copy`: the Session has a copy of it; `sent`; `error`, `warning`.
    """
    module = mapping(letter)
    sys.modules["mapping"] = module
    with engine.begin() as connection:
        for table in reversed(module.Base.metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(insert(module.Author), [{"id": 1, "name": "Ursula"}, {"id": 2, "name": "Octavia"}])
        connection.execute(insert(module.Book).values(id=1, author_id=1))
    _, before, call, flush = OPERATIONS[operation]
    with last_rows() as rows:
        _, events, after = watch.recorded(SETUP + before, f"{call}\n{flush}")
    label, book = watch.variable(after, "book")
    told: dict[str, Any] = {"book": book["state"]}
    if "expired" in book:
        told["expired"] = True
    identity = (book["values"] or {}).get("id") or next(iter(book.get("key", ())), None)
    if identity in rows:
        told["key"] = rows[identity]
    if "copy" in after["names"]["<module>"]:
        held = [other for session in after.get("sessions", {}).values() if session for other in session["map"]]
        told["copy"] = any(other.startswith("Book") for other in held)
    if sent := [statement for statement in watch.sent(events) if statement not in ("BEGIN", "ROLLBACK")]:
        told["sent"] = sent
    return told | watch.trouble(events)


@contextmanager
def last_rows() -> Iterator[dict[int, int | None]]:
    """The authors of all books, by key, as the transaction sees them that is rolled back last, before it is."""
    rows: dict[int, int | None] = {}

    def look(connection: Any) -> None:
        driver: Any = connection.connection.dbapi_connection
        cursor = driver.cursor()
        try:
            cursor.execute("SELECT id, author_id FROM book")
        except Exception:  # PostgreSQL answers nothing after an error in the transaction
            driver.rollback()
            cursor.execute("SELECT id, author_id FROM book")
        rows.clear()
        rows.update(cursor.fetchall())
        cursor.close()

    with watch.listening(engine, "rollback", look):
        yield rows


if __name__ == "__main__":
    print(json.dumps(compute(), indent=1, ensure_ascii=False))
