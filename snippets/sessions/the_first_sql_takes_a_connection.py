"""The first SQL takes a connection, commit() gives it back."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
sent()
everyone = select(Author).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:begin]
pool = engine.pool
session = Session(engine)
session.begin()
session.add(Author(name="Italo"))
assert session.in_transaction()
assert pool.checkedout() == 0
assert sent() == []
# --8<-- [end:begin]

# --8<-- [start:first_sql]
session.flush()
assert pool.checkedout() == 1
assert sent() == ["BEGIN", "INSERT author"]

session.commit()
assert pool.checkedout() == 0
# --8<-- [end:first_sql]

# --8<-- [start:select]
author = session.scalars(everyone).first()
assert pool.checkedout() == 1
session.rollback()
assert pool.checkedout() == 0
sent()

print(author.name)
assert pool.checkedout() == 1
assert sent() == ["BEGIN", "SELECT author"]

session.close()
assert pool.checkedout() == 0
assert sent() == ["ROLLBACK"]
# --8<-- [end:select]
