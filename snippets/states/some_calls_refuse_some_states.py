"""Some calls refuse some states, and leave the object alone."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:refused]
session = Session(engine)
octavia = Author(name="Octavia")
for call in session.refresh, session.delete, session.expunge:
    try:
        call(octavia)
        #> octavia is transient; no SQL; raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
# --8<-- [end:refused]

# --8<-- [start:other]
ursula = session.scalars(select(Author)).one()
other = Session(engine)
try:
    other.add(ursula)
    #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
assert ursula in session and ursula not in other
session.close()
# --8<-- [end:other]
