"""A call that asks the database nothing flushes nothing."""

from snippets.library import Author, Book, Tag
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(
        Book(title="The Dispossessed", author=Author(name="Ursula"))
    )
# --8<-- [end:setup]

# --- story
# --8<-- [start:no]
session = Session(engine)
author = session.scalars(select(Author)).one()
book = session.scalars(select(Book)).one()
tag = Tag(name="utopia")
session.add(tag)
#> no SQL; tag is pending

same = session.get(Book, book.id)
#> no SQL
book.author
#> no SQL; book.author is loaded
book.title = "The Lathe of Heaven"
#> no SQL
session.delete(book)
#> no SQL; tag is pending
session.close()
# --8<-- [end:no]
