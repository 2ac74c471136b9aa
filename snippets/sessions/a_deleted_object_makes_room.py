"""A new object may take the place of one deleted with it."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    book = Book(id=1, title="Malafrena")
    session.add(Author(id=1, name="Ursula", books=[book]))
# --8<-- [end:setup]

# --- story
# --8<-- [start:replaced]
with Session(engine) as session:
    session.delete(session.get(Book, 1))
    session.add(Book(id=1, title="Beloved"))
    session.commit()
    #> SELECT tag; UPDATE book; COMMIT
    print(session.get(Book, 1).author_id)
    #> prints 1
# --8<-- [end:replaced]
