"""In one Session, one row is one object; another has its own."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:same]
session = Session(engine)
author = session.get(Author, 1)
#> SELECT author
by_name = select(Author).where(Author.name == "Ursula")
found = session.scalars(by_name).one()
#> SELECT author
found.name = "Ursula K. Le Guin"
print(author.name, author is found)
#> no SQL; prints Ursula K. Le Guin True
assert inspect(author).key == (Author, (1,), None)
# --8<-- [end:same]

# --8<-- [start:two]
with Session(engine) as other:
    copy = other.get(Author, 1)
    print(copy.name, copy is author)
    #> no SQL; prints Ursula False
session.close()
# --8<-- [end:two]
