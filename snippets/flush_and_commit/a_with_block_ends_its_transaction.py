"""A with-block ends its transaction, by COMMIT or by ROLLBACK."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()


def add_author(session, name):
    session.add(Author(name=name))
    session.flush()


with Session(engine) as session, session.begin():
    add_author(session, "Ursula")
# --8<-- [end:setup]

# --- story
# --8<-- [start:begin]
try:
    with Session(engine) as session, session.begin():
        add_author(session, "Joan")
        #> INSERT author
        raise ValueError("not today")
    #> ROLLBACK; others see 1 row in author
except ValueError as error:
    print(error)
    #> prints not today
# --8<-- [end:begin]
