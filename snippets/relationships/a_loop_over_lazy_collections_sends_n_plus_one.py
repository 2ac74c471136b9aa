"""A loop over lazy collections sends one SELECT per parent."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload


def with_two_books(name):
    books = [Book(title=f"{name} {n}") for n in (1, 2)]
    return Author(name=name, books=books)


empty_tables()
with Session(engine) as session:
    session.add_all(
        with_two_books(name)
        for name in ["Lem", "Octavia", "Ursula"]
    )
    session.commit()
authors = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:lazy]
with Session(engine) as session:
    for author in session.scalars(authors):
        #> SELECT author; author.books is not loaded
        assert len(author.books) == 2
        #> SELECT book; author.books is loaded
# --8<-- [end:lazy]

# --8<-- [start:selectin]
with_books = authors.options(selectinload(Author.books))
with Session(engine) as session:
    for author in session.scalars(with_books):
        #> SELECT author; SELECT book; author.books is loaded
        assert len(author.books) == 2
        #> no SQL
# --8<-- [end:selectin]
