"""The map holds what you hold, and what is not yet written."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

empty_tables()
names = "Alice", "Italo", "Jorge"
with engine.begin() as connection:
    for n, name in enumerate(names, 1):
        connection.execute(insert(Author).values(id=n, name=name))
everyone = select(Author).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:weak]
session = Session(engine)
authors = session.scalars(everyone).all()
assert len(session.identity_map) == 3

authors[0].name = "Alice Munro"
del authors
assert len(session.identity_map) == 1

session.commit()
#> UPDATE author; COMMIT
assert len(session.identity_map) == 0
# --8<-- [end:weak]

# --8<-- [start:expired]
alice, italo, jorge = session.scalars(everyone).all()
session.commit()
#> COMMIT; alice, italo, jorge are expired
assert len(session.identity_map) == 3

print(alice.name)
#> BEGIN; SELECT author; italo is expired; prints Alice Munro

assert session.get(Author, 2) is italo
#> SELECT author; jorge is expired
session.close()
# --8<-- [end:expired]
