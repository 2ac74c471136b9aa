"""A query on your connection begins a transaction: yours."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:begun]
with engine.connect() as connection:
    connection.execute(names).all()
    #> BEGIN; SELECT author
    with Session(connection) as session:
        session.add(Author(name="Zadie"))
        session.commit()
        #> INSERT author
#> ROLLBACK
# --8<-- [end:begun]
