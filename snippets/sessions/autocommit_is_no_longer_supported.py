"""Session(autocommit=True) of SQLAlchemy 1.x raises an error."""

from snippets.library import engine

# --8<-- [start:setup]
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

# --8<-- [end:setup]

# --- story
# --8<-- [start:autocommit]
try:
    Session(engine, autocommit=True)
    #> raises ArgumentError
except ArgumentError as error:
    print(error)
    #> prints autocommit=True is no longer supported
# --8<-- [end:autocommit]
