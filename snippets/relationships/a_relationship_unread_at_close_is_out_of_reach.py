"""After the Session closed, an unread relationship raises."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Lem", books=[Book(title="Solaris")]))
    session.commit()
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:closed]
query = select(Author).order_by(Author.name)
with Session(engine) as session:
    author = session.scalars(query).one()

assert author.name == "Lem"
try:
    author.books
except DetachedInstanceError as error:
    refusal = str(error)
    print(refusal)
assert "lazy load operation" in refusal
# --8<-- [end:closed]

# --8<-- [start:ahead]
with Session(engine) as session:
    loaded = query.options(selectinload(Author.books))
    author = session.scalars(loaded).one()
assert [book.title for book in author.books] == ["Solaris"]
# --8<-- [end:ahead]

# --8<-- [start:inside]
with Session(engine) as session:
    author = session.scalars(query).one()
    titles = [book.title for book in author.books]
assert titles == ["Solaris"]
# --8<-- [end:inside]
