"""A rollback of the Session ends your transaction."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:rollback]
with engine.connect() as connection, connection.begin():
    connection.execute(insert(Author).values(name="Joan"))
    with Session(connection) as session:
        session.add(Author(name="Jorge"))
        session.flush()
        session.rollback()
        #> ROLLBACK
#> no SQL; others see 0 rows in author
# --8<-- [end:rollback]
