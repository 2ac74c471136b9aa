"""A Session on your connection works inside your transaction."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
with engine.connect() as connection, connection.begin():
    connection.execute(insert(Author).values(name="Italo"))
    with Session(connection) as session:
        session.add(Author(name="Ursula"))
        session.commit()
        #> INSERT author; others see 0 rows in author
#> COMMIT; others see 2 rows in author
# --8<-- [end:commit]
