"""A loaded attribute stays until you expire or refresh it."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:stale]
session = Session(engine)
author = session.scalars(select(Author)).one()
session.execute(text("UPDATE author SET name = 'Octavia'"))
assert session.scalar(select(Author.name)) == "Octavia"

assert session.scalars(select(Author)).one() is author
assert author.name == "Ursula"
# --8<-- [end:stale]

# --8<-- [start:expire]
sent()
session.expire(author)
assert inspect(author).expired
assert author in session
assert sent() == []

assert author.name == "Octavia"
assert sent() == ["SELECT author"]
# --8<-- [end:expire]

# --8<-- [start:one_attribute]
session.expire(author, ["name"])
assert author.id
assert sent() == []
assert author.name == "Octavia"
assert sent() == ["SELECT author"]
# --8<-- [end:one_attribute]

# --8<-- [start:refresh]
session.refresh(author)
assert sent() == ["SELECT author"]

session.refresh(author, ["books"])
assert sent() == ["SELECT author", "SELECT book"]
assert author.books == []
assert sent() == []
# --8<-- [end:refresh]

# --8<-- [start:populate_existing]
session.execute(text("UPDATE author SET name = 'Toni'"))
fresh = select(Author).execution_options(populate_existing=True)
assert session.scalars(fresh).one() is author
assert author.name == "Toni"
session.close()
# --8<-- [end:populate_existing]
