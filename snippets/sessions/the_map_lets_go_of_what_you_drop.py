"""The map holds what you hold, and what is not yet written."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    for name in "Alice", "Italo", "Jorge":
        session.add(Author(name=name))
session = Session(engine)
everyone = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:weak]
authors = session.scalars(everyone).all()
print(len(session.identity_map))
#> prints 3
authors[0].name = "Alice Munro"
del authors
print(len(session.identity_map))
#> prints 1
session.close()
# --8<-- [end:weak]
