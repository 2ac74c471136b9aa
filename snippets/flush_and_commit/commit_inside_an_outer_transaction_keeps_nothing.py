"""Inside an outer transaction, commit() does not commit it."""

from snippets.library import Author, empty_tables, engine, sent

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
    session.add(Author(name="Octavia"))
    session.commit()
assert sent() == ["BEGIN", "INSERT author"]

outer.rollback()
assert sent() == ["ROLLBACK"]
assert connection.scalar(how_many) == 0
connection.close()
# --8<-- [end:join]
