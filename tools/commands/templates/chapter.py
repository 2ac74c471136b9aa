"""$scaffold: say the fact in one sentence."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:story]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
    #> INSERT author; COMMIT
# --8<-- [end:story]
