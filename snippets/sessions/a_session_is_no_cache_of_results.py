"""A Session sends each query, and keeps objects, not results."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
everyone = select(Author).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:results]
session = Session(engine)
author = session.scalars(everyone).one()
#> BEGIN; SELECT author; pool has 1 in use
assert session.scalars(everyone).one() is author
#> SELECT author
assert session.get(Author, 1) is author
#> no SQL
session.commit()
#> COMMIT; pool has 0 in use
session.close()
# --8<-- [end:results]
