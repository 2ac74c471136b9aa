"""A deferred column that was not read in time cannot be loaded."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Octavia"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:deferred]
without_name = select(Author).options(defer(Author.name))
with Session(engine) as session:
    octavia = session.scalars(without_name).one()
    #> SELECT author; octavia.name is not loaded
try:
    octavia.name
except DetachedInstanceError as error:
    print(str(error).partition("; ")[2])
    #> prints deferred load operation of attribute 'name'…
# --8<-- [end:deferred]
