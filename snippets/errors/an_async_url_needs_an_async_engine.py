"""create_engine() takes an async URL, but can't connect with it."""

# differs on sqlalchemy-2.0: the message of 2.0 names await_only()
# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.exc import MissingGreenlet

# --8<-- [end:setup]

# --- story
# --8<-- [start:url]
engine = create_engine("sqlite+aiosqlite:///library.db")
try:
    engine.connect()
    #> raises MissingGreenlet
except MissingGreenlet as error:
    print(error)
    #> prints greenlet_spawn has not been called…
# --8<-- [end:url]
