"""A missing join only warns: each row is paired with each."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    for name in "Ursula", "Octavia":
        session.add(Author(name=name, books=[Book(title="One")]))
# --8<-- [end:setup]

# --- story
# --8<-- [start:cartesian]
session = Session(engine)
without_join = select(Author.name, Book.title)
print(len(session.execute(without_join).all()))
#> warns SAWarning; prints 4

joined = without_join.join(Author.books)
print(len(session.execute(joined).all()))
#> sends JOIN; prints 2
session.close()
# --8<-- [end:cartesian]
