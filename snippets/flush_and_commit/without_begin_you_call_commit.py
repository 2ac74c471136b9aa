"""Without begin(), you call commit(); a change begins again."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:without]
with Session(engine) as session:
    author = session.get(Author, 1)
    author.name = "Le Guin"
    session.commit()
    #> UPDATE author; COMMIT; session has no transaction
    author.name = "Ursula"
    session.commit()
    #> BEGIN; SELECT author; UPDATE author; COMMIT
# --8<-- [end:without]
