"""A flush sends what has changed by then, or nothing at all."""

from snippets.library import (
    Author,
    Book,
    Tag,
    empty_tables,
    engine,
    sent,
)

# --8<-- [start:setup]
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:insert]
session = Session(engine)
author = Author(name="Ursual")
session.add(author)
author.name = "Ursula"
assert author in session.new
assert sent() == []

session.flush()
assert session.scalar(select(Author.name)) == "Ursula"
assert sent() == ["BEGIN", "INSERT author", "SELECT author"]
# --8<-- [end:insert]

# --8<-- [start:commit]
book = Book(title="The Dispossessed", author=author)
session.add(book)
session.commit()
assert sent() == ["INSERT book", "COMMIT"]
assert book.author_id == author.id
# --8<-- [end:commit]

# --8<-- [start:query]
sent()
tag = Tag(name="utopia")
session.add(tag)
assert session.scalar(select(func.count(Tag.id))) == 1
assert sent() == ["INSERT tag", "SELECT tag"]
assert inspect(tag).persistent
# --8<-- [end:query]

# --8<-- [start:key]
book = Book(title="Always Coming Home")
session.add(book)
session.flush()
assert book.id is not None
assert book.title == "Always Coming Home"
assert sent() == ["INSERT book"]
# --8<-- [end:key]

# --8<-- [start:undo]
session.rollback()
assert session.scalar(select(func.count(Book.id))) == 1
assert session.scalar(select(func.count(Tag.id))) == 0
session.close()
# --8<-- [end:undo]

# --8<-- [start:empty]
sent()
session.flush()
session.commit()
assert sent() == []

author = session.scalars(select(Author)).one()
author.name = "Ursula"
assert author in session.dirty
session.commit()
assert sent() == ["BEGIN", "SELECT author", "COMMIT"]
session.close()
# --8<-- [end:empty]
