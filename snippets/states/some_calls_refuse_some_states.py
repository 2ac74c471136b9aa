"""Some calls refuse objects in some states."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
author = Author(name="Ursula")
# --8<-- [end:setup]

# --- story
# --8<-- [start:refused]
for call in session.refresh, session.delete, session.expunge:
    try:
        call(author)
        #> author is transient; no SQL; raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
# --8<-- [end:refused]
