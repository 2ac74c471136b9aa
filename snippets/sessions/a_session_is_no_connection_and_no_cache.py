"""A Session keeps objects, but no connection and no results."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(
        Author(id=1, name="Ursula", books=[Book(title="Malafrena")])
    )
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:connection]
session = Session(engine)
author = session.get(Author, 1)
assert engine.pool.checkedout() == 1

session.commit()
assert author in session
assert engine.pool.checkedout() == 0
# --8<-- [end:connection]

# --8<-- [start:results]
everyone = select(Author).order_by(Author.id)
sent()
assert session.scalars(everyone).all() == [author]
assert session.scalars(everyone).all() == [author]
assert sent() == ["BEGIN", "SELECT author", "SELECT author"]
# --8<-- [end:results]

# --8<-- [start:objects]
book = session.scalars(select(Book)).one()
sent()
assert session.get(Author, 1) is author
assert book.author is author
assert sent() == []
session.close()
# --8<-- [end:objects]
