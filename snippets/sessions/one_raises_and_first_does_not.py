"""What a query's methods return for no row, and for two rows."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add_all([Author(name="Ursula"), Author(name="Octavia")])
# --8<-- [end:setup]

# --- story
# --8<-- [start:none]
session = Session(engine)
names = select(Author.name).order_by(Author.name)
missing = names.where(Author.name == "Italo")
try:
    session.scalars(missing).one()
    #> raises NoResultFound
except NoResultFound as error:
    print(error)
print(session.scalars(missing).one_or_none())
#> prints None
print(session.scalars(missing).first())
#> prints None
print(session.scalars(missing).all())
#> prints []
print(session.scalar(missing))
#> prints None
# --8<-- [end:none]

# --8<-- [start:two]
try:
    session.scalars(names).one()
    #> raises MultipleResultsFound
except MultipleResultsFound as error:
    print(error)
try:
    session.scalars(names).one_or_none()
    #> raises MultipleResultsFound
except MultipleResultsFound as error:
    print(error)
print(session.scalars(names).first())
#> sends no LIMIT; prints Octavia
print(session.scalars(names).all())
#> prints ['Octavia', 'Ursula']
print(session.scalar(names))
#> sends no LIMIT; prints Octavia
# --8<-- [end:two]
session.close()
