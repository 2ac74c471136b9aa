"""A new object may take the place of one deleted with it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:replaced]
with Session(engine) as session, session.begin():
    session.delete(session.get(Author, 1))
    session.add(Author(id=1, name="Octavia"))
    session.flush()
    #> SELECT book; SELECT profile; UPDATE author
# --8<-- [end:replaced]
