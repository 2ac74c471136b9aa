"""begin_nested() flushes first; if that fails, all is undone."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
session = Session(engine)
session.add(Author(name="Alice"))
session.flush()
# --8<-- [end:setup]

# --- story
# --8<-- [start:too_early]
session.add(Author(name="Ursula"))
try:
    with session.begin_nested():
        #> INSERT author; ROLLBACK; raises IntegrityError
        session.add(Author(name="Octavia"))
except IntegrityError:
    session.rollback()
    #> no SQL; others see 1 row in author
# --8<-- [end:too_early]
