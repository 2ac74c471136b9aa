"""After the Session closed, an unread relationship raises."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Lem", books=[Book(title="Solaris")]))
    session.commit()
by_name = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:closed]
with Session(engine) as session:
    author = session.scalars(by_name).one()
#> author is detached; author.books is not loaded

assert author.name == "Lem"
try:
    author.books
    #> raises DetachedInstanceError; no SQL
except DetachedInstanceError as error:
    print(error)
    assert "lazy load operation" in str(error)
# --8<-- [end:closed]

# --8<-- [start:ahead]
with Session(engine) as session:
    loaded = by_name.options(selectinload(Author.books))
    author = session.scalars(loaded).one()
    #> SELECT author; SELECT book
assert [book.title for book in author.books] == ["Solaris"]
#> no SQL; author is detached

with Session(engine) as session:
    author = session.scalars(by_name).one()
    titles = [book.title for book in author.books]
    #> SELECT book; author is persistent
assert titles == ["Solaris"]
# --8<-- [end:ahead]
