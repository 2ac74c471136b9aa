"""Each statement that the Session sends flushes first."""

from snippets.library import Author, Book, Tag
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from itertools import count

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

empty_tables()
all_books = select(Book).order_by(Book.id)
# --8<-- [end:setup]

# --8<-- [start:measure]
numbers = count(1)


def add_tag():
    tag = Tag(name=f"tag {next(numbers)}")
    session.add(tag)
    return tag


# --8<-- [end:measure]

# --- story
# --8<-- [start:yes]
session = Session(engine)
tag = add_tag()
session.scalars(all_books).all()
#> INSERT tag; SELECT book; tag is persistent

tag = add_tag()
session.execute(update(Book).values(title="Rocannon's World"))
#> INSERT tag; UPDATE book; tag is persistent

tag = add_tag()
session.execute(insert(Author).values(name="Octavia"))
#> INSERT tag; INSERT author; tag is persistent

tag = add_tag()
session.get(Author, 0)
#> INSERT tag; SELECT author; tag is persistent
session.close()
# --8<-- [end:yes]
