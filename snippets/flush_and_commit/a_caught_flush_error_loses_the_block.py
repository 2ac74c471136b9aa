"""An error caught in a begin() block loses what was flushed."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:imports]
from sqlalchemy.exc import IntegrityError

# --8<-- [end:imports]
from sqlalchemy.orm import Session

empty_tables()


def save(session, name):
    session.add(Author(name=name))
    session.flush()


with Session(engine) as session, session.begin():
    save(session, "Ursula")

# --- story
# --8<-- [start:swallowed]
with Session(engine) as session, session.begin():
    save(session, "Joan")
    #> INSERT author; others see 1 row in author
    try:
        save(session, "Ursula")
        #> INSERT author; ROLLBACK; raises IntegrityError
    except IntegrityError:
        print("This name is taken.")
#> no SQL; others see 1 row in author
# --8<-- [end:swallowed]
