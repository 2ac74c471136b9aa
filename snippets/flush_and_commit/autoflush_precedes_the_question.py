"""Autoflush runs before a query, never after add()."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

empty_tables()
how_many = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:query]
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
assert sent() == []
assert inspect(author).pending

assert session.scalar(how_many) == 1
assert sent() == ["BEGIN", "INSERT author", "SELECT author"]
assert inspect(author).persistent
# --8<-- [end:query]

# --8<-- [start:block]
session.add(Author(name="Octavia"))
with session.no_autoflush:
    assert session.scalar(how_many) == 1
assert session.scalar(how_many) == 2
# --8<-- [end:block]

# --8<-- [start:option]
session.add(Author(name="Italo"))
quietly = how_many.execution_options(autoflush=False)
assert session.scalar(quietly) == 2
assert session.scalar(how_many) == 3
session.close()
# --8<-- [end:option]

# --8<-- [start:off]
sent()
session = Session(engine, autoflush=False)
session.add(Author(name="Ursula"))
assert session.scalar(how_many) == 0
assert sent() == ["BEGIN", "SELECT author"]

session.begin_nested()
assert sent() == ["INSERT author"]

session.add(Author(name="Octavia"))
session.commit()
assert session.scalar(how_many) == 2
session.close()
# --8<-- [end:off]
