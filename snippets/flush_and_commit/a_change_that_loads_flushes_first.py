"""A change that has to load something flushes first."""

from snippets.library import Book, Tag, empty_tables, engine

# --8<-- [start:setup]
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Book(title="The Dispossessed"))
session = Session(engine)
book = session.scalars(select(Book)).one()
numbers = count(1)


def add_tag():
    tag = Tag(name=f"tag {next(numbers)}")
    session.add(tag)
    return tag


# --8<-- [end:setup]

# --- story
# --8<-- [start:changes]
tag = add_tag()
session.expire(book)
book.id = 7
#> INSERT tag; SELECT book; tag is persistent

session.expire(book)
tag = add_tag()
book.tags.append(tag)
#> INSERT tag; SELECT book; SELECT tag; tag is persistent
session.close()
# --8<-- [end:changes]
