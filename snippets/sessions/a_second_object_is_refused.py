"""The database refuses a second row with the same primary key."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))
session = Session(engine)
author = session.get(Author, 1)
# --8<-- [end:setup]

# --- story
# --8<-- [start:new]
session.add(Author(id=1, name="U. K. Le Guin"))
try:
    session.flush()
    #> INSERT author; ROLLBACK; warns SAWarning
    #> raises IntegrityError
except IntegrityError:
    session.rollback()
# --8<-- [end:new]
session.close()
