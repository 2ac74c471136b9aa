"""add() sends no SQL, flush() does, commit() makes it permanent."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:story]
with Session(engine) as session:
    author = Author(name="Ursula")
    session.add(author)
    #> author is pending; no SQL
    session.flush()
    #> INSERT author; author is persistent
    #> others see 0 rows in author
    session.commit()
    #> COMMIT; others see 1 row in author
# --8<-- [end:story]
