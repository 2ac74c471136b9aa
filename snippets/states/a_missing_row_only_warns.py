"""Deleting an object whose row is gone gives a warning."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine, expire_on_commit=False)
author = Author(name="Ursula")
session.add(author)
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:missing]
with Session(engine) as other, other.begin():
    other.execute(delete(Author))
session.delete(author)
session.commit()
#> SELECT book; SELECT profile; DELETE author; COMMIT
#> warns SAWarning
session.close()
# --8<-- [end:missing]
