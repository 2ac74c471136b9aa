"""After a rollback of the Session, your own only warns."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:rollback]
with engine.connect() as connection, connection.begin() as outer:
    connection.execute(insert(Author).values(name="Joan"))
    with Session(connection) as session:
        session.add(Author(name="Jorge"))
        session.flush()
        session.rollback()
        #> ROLLBACK
    outer.rollback()
    #> no SQL; warns SAWarning
# --8<-- [end:rollback]
