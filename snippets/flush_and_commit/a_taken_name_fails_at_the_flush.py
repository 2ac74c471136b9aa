"""A taken name fails at the flush, not at add()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:late]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    #> no SQL
    try:
        session.flush()
        #> INSERT author; ROLLBACK; raises IntegrityError
    except IntegrityError:
        print("this name is taken")
        #> prints this name is taken
# --8<-- [end:late]
