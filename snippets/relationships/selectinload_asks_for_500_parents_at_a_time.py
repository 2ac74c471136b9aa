"""With 501 parents selectinload() sends a third SELECT."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

empty_tables()
with engine.begin() as connection:
    names = [{"name": f"{n:03}"} for n in range(501)]
    connection.execute(insert(Author), names)
by_id = select(Author).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:many]
session = Session(engine)
loaded = by_id.options(selectinload(Author.books))
assert len(session.scalars(loaded).all()) == 501
#> SELECT author; 2 × SELECT book
session.close()
# --8<-- [end:many]
