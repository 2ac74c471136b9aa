"""One Session can run several begin() blocks in a row."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:blocks]
with Session(engine) as session:
    with session.begin():
        session.add(Author(name="Octavia"))
    #> INSERT author; COMMIT
    with session.begin():
        zadie = Author(name="Zadie")
        session.add(zadie)
    #> INSERT author; COMMIT
# --8<-- [end:blocks]
