"""A missing join only warns; other mistakes raise."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import exc, select
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

# --8<-- [start:raises]
try:
    select(Author).all()
    #> no SQL; raises AttributeError
except AttributeError as error:
    print(error)

try:
    session.get(Author, (1, 2))
    #> no SQL; raises InvalidRequestError
except exc.InvalidRequestError as error:
    print(error)

# --8<-- [end:raises]
