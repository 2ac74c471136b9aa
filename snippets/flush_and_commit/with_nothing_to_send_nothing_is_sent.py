"""With nothing to send, flush() and commit() send nothing."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:empty]
session = Session(engine)
session.flush()
#> no SQL
session.commit()
#> no SQL

author = session.scalars(select(Author)).one()
author.name = "Ursula"
assert author in session.dirty
session.flush()
#> no SQL
session.commit()
#> COMMIT
session.close()
# --8<-- [end:empty]
