"""refresh() sees only what its transaction may see."""

# differs on postgresql: at its default isolation level, a
#   transaction sees what others commit meanwhile
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, update
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
session = Session(engine)
author = session.scalars(select(Author)).one()
with Session(engine) as other, other.begin():
    other.execute(update(Author).values(name="Octavia"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:refresh]
session.refresh(author)
print(author.name)
#> no SQL
session.rollback()
print(author.name)
#> SELECT author; prints Octavia
session.close()
# --8<-- [end:refresh]
