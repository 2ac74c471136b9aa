"""What each way of loading books with their authors sends: ten strategies, 1 to 1000 authors, statements and rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    Session,
    contains_eager,
    immediateload,
    joinedload,
    lazyload,
    raiseload,
    selectinload,
    subqueryload,
)

from snippets.library import Author, Book, empty_tables, engine
from tools.run import watch

PARENTS = (1, 10, 100, 1000)
BOOKS = 3  # of each author

by_id = select(Author).order_by(Author.id)


def read(session: Session, statement: Any) -> int:
    """Load all authors and read every collection; return how many books were seen."""
    authors = session.scalars(statement).unique().all()
    return sum(len(author.books) for author in authors)


def leave_unread(session: Session) -> int:
    """Load the authors and read no collection."""
    session.scalars(by_id.options(lazyload(Author.books))).all()
    return 0


def raise_when_read(session: Session) -> int:
    """Load the authors, and try to read the first collection."""
    author, *_ = session.scalars(by_id.options(raiseload(Author.books))).all()
    try:
        return len(author.books)
    except InvalidRequestError:
        return 0


def ask_twice(session: Session) -> int:
    """Two SELECTs of one's own, put together by hand."""
    authors = session.scalars(by_id.options(raiseload(Author.books))).all()
    wanted = select(Book).where(Book.author_id.in_([author.id for author in authors])).order_by(Book.id)
    return len(session.scalars(wanted).all())


# Strategy → its title, its code, and what runs.
STRATEGIES: dict[str, tuple[str, str, Callable[[Session], int]]] = {
    "unread": ("`lazyload()` unread", "lazyload(Author.books)", leave_unread),
    "lazy": (
        "`lazyload()`",
        "lazyload(Author.books)",
        lambda session: read(session, by_id.options(lazyload(Author.books))),
    ),
    "immediate": (
        "`immediateload()`",
        "immediateload(Author.books)",
        lambda session: read(session, by_id.options(immediateload(Author.books))),
    ),
    "selectin": (
        "`selectinload()`",
        "selectinload(Author.books)",
        lambda session: read(session, by_id.options(selectinload(Author.books))),
    ),
    "subquery": (
        "`subqueryload()`",
        "subqueryload(Author.books)",
        lambda session: read(session, by_id.options(subqueryload(Author.books))),
    ),
    "by-hand": ("`select(Book)`", "select(Book).where(Book.author_id.in_(ids))", ask_twice),
    "joined": (
        "`joinedload()`",
        "joinedload(Author.books)",
        lambda session: read(session, by_id.options(joinedload(Author.books))),
    ),
    "inner": (
        "`joinedload(innerjoin=True)`",
        "joinedload(Author.books, innerjoin=True)",
        lambda session: read(session, by_id.options(joinedload(Author.books, innerjoin=True))),
    ),
    "contains": (
        "`contains_eager()`",
        "join(Author.books).options(contains_eager(Author.books))",
        lambda session: read(session, by_id.join(Author.books).options(contains_eager(Author.books)).order_by(Book.id)),
    ),
    "raise": ("`raiseload()`", "raiseload(Author.books)", raise_when_read),
}


def compute() -> dict[str, Any]:
    """Every cell, by strategy and number of authors: statements, rows transferred, books that the program saw."""
    cells: dict[str, dict[str, Any]] = {strategy: {} for strategy in STRATEGIES}
    for parents in PARENTS:
        empty_tables()
        with engine.begin() as connection:
            connection.execute(insert(Author), [{"id": n, "name": f"Author {n}"} for n in range(1, parents + 1)])
            rows = [{"title": "Book", "author_id": n} for n in range(1, parents + 1) for _ in range(BOOKS)]
            connection.execute(insert(Book), rows)
        for strategy, (*_, run) in STRATEGIES.items():
            seen, sent = selects(run)
            cells[strategy][str(parents)] = {"statements": len(sent), "rows": rows_of(sent), "books": seen}
    return {
        "parents": PARENTS,
        "children": BOOKS,
        "strategies": {name: {"title": title, "code": code} for name, (title, code, _) in STRATEGIES.items()},
        "cells": cells,
    }


def selects(run: Callable[[Session], int]) -> tuple[int, list[tuple[str, Any]]]:
    """Run a strategy in a Session: the books that it saw, and the SELECTs that it sent, with their parameters."""
    sent: list[tuple[str, Any]] = []

    def note(sql: str, parameters: Any) -> None:
        if sql.lstrip().startswith("SELECT"):
            sent.append((sql, parameters))

    with Session(engine) as session, watch.statements(note):
        return run(session), sent


def rows_of(sent: list[tuple[str, Any]]) -> int:
    """How many rows the statements bring: they are sent again and counted."""
    with engine.connect() as connection:
        return sum(len(connection.exec_driver_sql(sql, parameters).all()) for sql, parameters in sent)


if __name__ == "__main__":
    print(json.dumps(compute(), indent=1, ensure_ascii=False))
