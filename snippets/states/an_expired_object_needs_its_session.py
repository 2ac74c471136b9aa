"""An expired object needs its Session to be read."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:session_gone]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
    session.commit()
    #> COMMIT; author is expired
#> author is detached; author is expired
try:
    author.name
    #> no SQL; raises DetachedInstanceError
except DetachedInstanceError as error:
    print(error)
# --8<-- [end:session_gone]

# --8<-- [start:kept]
with Session(engine, expire_on_commit=False) as session:
    author = session.scalars(select(Author)).one()
    session.commit()
    #> COMMIT; author.name is loaded

with Session(engine) as other, other.begin():
    other.execute(update(Author).values(name="Octavia"))
assert author.name == "Ursula"
#> no SQL; author is detached
# --8<-- [end:kept]
