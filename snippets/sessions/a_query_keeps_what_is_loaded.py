"""A query returns the object it has, with the values it has."""

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
# --8<-- [start:saves]
reader = Session(engine, expire_on_commit=False)
author = reader.get(Author, 1)
book = reader.scalars(select(Book)).one()
assert sent() == ["BEGIN", "SELECT author", "SELECT book"]

assert reader.get(Author, 1) is author
assert book.author is author
assert sent() == []

assert reader.scalars(select(Author)).one() is author
assert sent() == ["SELECT author"]
# --8<-- [end:saves]

# --8<-- [start:stale]
reader.commit()
with Session(engine) as writer, writer.begin():
    writer.get(Author, 1).name = "Ursula K. Le Guin"

assert reader.scalar(select(Author.name)) == "Ursula K. Le Guin"
assert reader.scalars(select(Author)).one() is author
assert author.name == "Ursula"
# --8<-- [end:stale]

# --8<-- [start:overwrite]
fresh = select(Author).execution_options(populate_existing=True)
assert reader.scalars(fresh).one() is author
assert author.name == "Ursula K. Le Guin"
# --8<-- [end:overwrite]

# --8<-- [start:others]
sent()
reader.refresh(author)
assert sent() == ["SELECT author"]

reader.expire(author)
assert sent() == []
print(author.name)
assert sent() == ["SELECT author"]
reader.close()
# --8<-- [end:others]
