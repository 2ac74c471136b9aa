"""expunge() removes one object and leaves its children."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    lavinia = Book(title="Lavinia")
    session.add(Author(name="Ursula", books=[lavinia]))
session = Session(engine)
author = session.scalars(select(Author)).one()
[book] = author.books
# --8<-- [end:setup]

# --- story
# --8<-- [start:expunge]
session.expunge(author)
#> author is detached; book is persistent
author.name = "Octavia"
book.title = "Malafrena"
session.commit()
#> UPDATE book; COMMIT
session.close()
# --8<-- [end:expunge]
