"""begin() comes before the first query, or not at all."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:imports]
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

# --8<-- [end:imports]
# --8<-- [start:setup]
empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:late]
with Session(engine) as session:
    author = session.get(Author, 1)
    #> BEGIN; SELECT author; session has a transaction
    try:
        session.begin()
        #> no SQL; raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
        #> prints A transaction is already begun on this Session.
#> ROLLBACK
# --8<-- [end:late]
