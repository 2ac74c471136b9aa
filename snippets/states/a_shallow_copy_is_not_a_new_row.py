"""copy.copy() of an object makes no second row."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import copy

from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:copy]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
    clone = copy.copy(author)
    clone.name = "Octavia"
    session.add(clone)
    session.commit()
    #> COMMIT; others see 1 row in author
# --8<-- [end:copy]
