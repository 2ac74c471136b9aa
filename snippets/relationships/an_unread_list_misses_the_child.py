"""A list that is not loaded misses a child that only points."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:unread]
session = Session(engine)
author = session.scalars(select(Author)).one()
book = Book(title="Planet of Exile")
book.author = author
#> no SQL; book is transient; author.books is not loaded

assert author.books == []
#> SELECT book; warns SAWarning; book is transient
session.close()
# --8<-- [end:unread]
