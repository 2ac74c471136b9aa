"""A Session does not give back a connection that is yours."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:borrowed]
connection = engine.connect()
#> pool has 1 in use
with Session(connection) as session:
    assert session.scalars(names).all() == []
    session.rollback()
    #> ROLLBACK; pool has 1 in use
connection.close()
#> pool has 0 in use
# --8<-- [end:borrowed]
