"""After a failed statement of yours, no ROLLBACK is sent."""

# differs on postgresql: after a failed statement every
#   other one is refused, until the rollback
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:statement]
session = Session(engine)
joan = Author(name="Joan")
session.add(joan)
session.flush()
try:
    session.execute(insert(Author).values(name="Ursula"))
    #> INSERT author; raises IntegrityError; joan is persistent
except IntegrityError as error:
    print(error.orig)

found = []
try:
    found = session.scalars(names).all()
    #> SELECT author
except DBAPIError as error:
    print(error.orig)
assert len(found) == (0 if engine.name == "postgresql" else 2)
session.rollback()
#> ROLLBACK; joan is transient; others see 1 row in author
# --8<-- [end:statement]
