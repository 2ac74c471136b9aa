"""A new object may take the place of one deleted with it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:replaced]
session = Session(engine)
author = session.get(Author, 1)
session.delete(author)
successor = Author(id=1, name="Octavia")
session.add(successor)
#> author is persistent; successor is pending

session.commit()
#> SELECT book; SELECT profile; UPDATE author; COMMIT
#> author is detached; successor is persistent
session.close()
# --8<-- [end:replaced]
