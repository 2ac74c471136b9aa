"""A Session takes one connection per engine, or uses yours."""

from snippets.library import Author, Tag, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

empty_tables()
authors = select(Author).order_by(Author.id)
tags = select(Tag).order_by(Tag.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:engines]
second = create_engine(engine.url)
session = Session(binds={Author: engine, Tag: second})
session.scalars(authors).all()
assert engine.pool.checkedout() == 1
assert second.pool.checkedout() == 0

session.scalars(tags).all()
assert second.pool.checkedout() == 1

session.close()
assert engine.pool.checkedout() == 0
assert second.pool.checkedout() == 0
second.dispose()
# --8<-- [end:engines]

# --8<-- [start:connection]
sent()
connection = engine.connect()
outer = connection.begin()
session = Session(connection)
session.add(Author(name="Ursula"))
session.commit()
session.close()
assert engine.pool.checkedout() == 1

outer.rollback()
assert sent() == ["BEGIN", "INSERT author", "ROLLBACK"]
connection.close()
assert engine.pool.checkedout() == 0
# --8<-- [end:connection]
