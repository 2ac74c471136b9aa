"""A Session refuses a second object for a row; merge() copies."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import exc, inspect
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:new]
session = Session(engine)
author = session.get(Author, 1)
session.add(Author(id=1, name="U. K. Le Guin"))
try:
    session.flush()
    #> INSERT author; ROLLBACK; warns SAWarning
    #> raises IntegrityError
except exc.IntegrityError:
    session.rollback()
# --8<-- [end:new]

# --8<-- [start:copy]
with Session(engine) as other:
    copy = other.get(Author, 1)
#> copy is detached
try:
    session.add(copy)
    #> no SQL; raises InvalidRequestError
except exc.InvalidRequestError as error:
    print(error)
# --8<-- [end:copy]

# --8<-- [start:merge]
copy.name = "Ursula K. Le Guin"
merged = session.merge(copy)
#> SELECT author; author.name is modified; copy is detached
print(merged is author, author.name)
#> no SQL; prints True Ursula K. Le Guin
# --8<-- [end:merge]

# --8<-- [start:key]
assert inspect(author).key == (Author, (1,), None)
session.close()
# --8<-- [end:key]
