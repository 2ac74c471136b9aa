"""Inside an outer transaction, commit() does not commit it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
how_many = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:join]
connection = engine.connect()
outer = connection.begin()
with Session(connection) as session:
    octavia = Author(name="Octavia")
    session.add(octavia)
    session.commit()
    #> INSERT author; octavia is persistent
    #> others see 0 rows in author

outer.rollback()
#> ROLLBACK; others see 0 rows in author
assert connection.scalar(how_many) == 0
connection.close()
# --8<-- [end:join]
