"""A detached object keeps its loaded values; add() puts it back."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:detached]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
#> author is detached
print(author.name)
#> no SQL; prints Ursula
try:
    author.books
    #> raises DetachedInstanceError
except DetachedInstanceError as error:
    print(error)
author.name = "Octavia"
#> no SQL; author is detached
# --8<-- [end:detached]

# --8<-- [start:add]
with Session(engine) as session:
    session.add(author)
    #> author is persistent; author is modified; no SQL
    session.commit()
    #> UPDATE author; COMMIT
# --8<-- [end:add]
