"""expunge() removes one object and leaves its children."""

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
# --8<-- [start:expunge]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
    [book] = author.books
    session.expunge(author)
    #> author is detached; book is persistent
    author.name = book.title = "Malafrena"
    session.commit()
    #> UPDATE book; COMMIT
# --8<-- [end:expunge]
