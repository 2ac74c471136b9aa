"""A rollback to a savepoint misses what a Core UPDATE changed."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import update
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Toni"))
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:core]
toni = session.get(Author, 1)
savepoint = session.begin_nested()
session.execute(update(Author.__table__).values(name="Chloe"))
session.refresh(toni)
savepoint.rollback()
print(toni.name)
#> no SQL; prints Chloe
# --8<-- [end:core]
session.close()
