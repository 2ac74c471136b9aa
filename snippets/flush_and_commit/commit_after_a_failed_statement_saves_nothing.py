"""After a failed statement, commit() may save nothing at all."""

# needs postgresql
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from contextlib import suppress

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
session = Session(engine)
session.add(Author(name="Joan"))
session.flush()
with suppress(IntegrityError):
    session.execute(insert(Author).values(name="Ursula"))
    #> INSERT author; raises IntegrityError
session.commit()
#> COMMIT; raises nothing; others see 1 row in author
# --8<-- [end:commit]
