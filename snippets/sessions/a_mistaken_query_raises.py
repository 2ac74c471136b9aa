"""select() has no all(), and get() counts the values of a key."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:raises]
try:
    select(Author).all()
    #> no SQL; raises AttributeError
except AttributeError as error:
    print(error)
    #> prints 'Select' object has no attribute 'all'

try:
    session.get(Author, (1, 2))
    #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints Incorrect number of values in identifier to form…
# --8<-- [end:raises]
