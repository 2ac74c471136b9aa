"""PostgreSQL locks no row that an outer join may leave empty."""

# needs postgresql
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from contextlib import suppress

from sqlalchemy.exc import NotSupportedError
from sqlalchemy.orm import Session, joinedload

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Octavia"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:joined]
books = [joinedload(Author.books)]
with suppress(NotSupportedError), Session(engine) as session:
    session.get(Author, 1, options=books, with_for_update=True)
    #> SELECT author; raises NotSupportedError
with Session(engine) as session:
    lock = {"of": Author}
    session.get(Author, 1, options=books, with_for_update=lock)
    #> SELECT author; raises nothing
# --8<-- [end:joined]
