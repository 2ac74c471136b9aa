"""A new object with the same columns makes a second row."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    lavinia = Book(title="Lavinia")
    session.add(Author(name="Ursula", books=[lavinia]))
# --8<-- [end:setup]

# --- story
# --8<-- [start:new]
with Session(engine) as session, session.begin():
    book = session.scalars(select(Book)).one()
    session.add(Book(title=book.title, author=book.author))
#> INSERT book; COMMIT; others see 2 rows in book
# --8<-- [end:new]
