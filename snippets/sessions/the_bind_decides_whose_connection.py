"""A Session takes one connection per engine, or uses yours."""

from snippets.library import Author, Tag, empty_tables, engine

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
#> SELECT author; pool has 1 in use
assert second.pool.checkedout() == 0

session.scalars(tags).all()
#> SELECT tag; pool has 2 in use
assert second.pool.checkedout() == 1

session.close()
#> 2 × ROLLBACK; pool has 0 in use
second.dispose()
# --8<-- [end:engines]

# --8<-- [start:connection]
connection = engine.connect()
outer = connection.begin()
#> BEGIN; pool has 1 in use
session = Session(connection)
session.add(Author(name="Ursula"))
session.commit()
#> INSERT author; others see 0 rows in author
session.close()
#> no SQL; pool has 1 in use

outer.rollback()
#> ROLLBACK; others see 0 rows in author

outer = connection.begin()
session.scalars(authors).all()
session.rollback()
#> ROLLBACK
assert not outer.is_active
connection.close()
#> no SQL; pool has 0 in use
# --8<-- [end:connection]
