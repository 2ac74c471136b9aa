"""A sessionmaker without an engine gets one by configure()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import UnboundExecutionError
from sqlalchemy.orm import sessionmaker

empty_tables()
names = select(Author.name).order_by(Author.name)
later_session = sessionmaker()
# --8<-- [end:setup]

# --- story
# --8<-- [start:configure]
try:
    later_session().scalars(names)
    #> no SQL; raises UnboundExecutionError
except UnboundExecutionError as error:
    print(error)
    #> prints Could not locate a bind configured on mapper …

later_session.configure(bind=engine)
assert later_session().bind is engine
# --8<-- [end:configure]
