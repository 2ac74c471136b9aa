"""A Session keeps objects, but no connection and no results."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
    connection.execute(
        insert(Book).values(id=1, title="Malafrena", author_id=1)
    )
# --8<-- [end:setup]

# --- story
# --8<-- [start:connection]
session = Session(engine)
author = session.get(Author, 1)
#> SELECT author; pool has 1 in use

session.commit()
#> COMMIT; author is persistent; pool has 0 in use
# --8<-- [end:connection]

# --8<-- [start:results]
everyone = select(Author).order_by(Author.id)
assert session.scalars(everyone).all() == [author]
#> BEGIN; SELECT author
assert session.scalars(everyone).all() == [author]
#> SELECT author
# --8<-- [end:results]

# --8<-- [start:objects]
book = session.scalars(select(Book)).one()
#> SELECT book; book.author is not loaded
assert session.get(Author, 1) is author
#> no SQL
assert book.author is author
#> no SQL; book.author is loaded
session.close()
# --8<-- [end:objects]
