"""Reading an attribute may send a statement, which flushes."""

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
# --8<-- [start:reads]
tag = add_tag()
book.tags
#> INSERT tag; SELECT tag; tag is persistent

tag = add_tag()
session.expire(book)
book.title
#> INSERT tag; SELECT book; tag is persistent

tag = add_tag()
session.refresh(book)
#> INSERT tag; SELECT book; tag is persistent

tag = add_tag()
session.merge(Book(id=book.id))
#> INSERT tag; tag is persistent
session.close()
# --8<-- [end:reads]
