"""An error caught in a begin() block loses what was flushed."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:imports]
from sqlalchemy.exc import IntegrityError

# --8<-- [end:imports]
from sqlalchemy.orm import Session

empty_tables()


def add_author(session, name):
    session.add(Author(name=name))
    session.flush()


with Session(engine) as session, session.begin():
    add_author(session, "Ursula")

# --- story
# --8<-- [start:swallowed]
with Session(engine) as session, session.begin():
    add_author(session, "Joan")
    #> INSERT author; others see 1 row in author
    try:
        add_author(session, "Ursula")
        #> INSERT author; ROLLBACK; raises IntegrityError
    except IntegrityError:
        print("This name is taken.")
#> no SQL; others see 1 row in author
# --8<-- [end:swallowed]
