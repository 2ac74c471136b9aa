"""A Session refuses a second object for a row; merge() copies."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import exc, insert
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:new]
session = Session(engine)
author = session.get(Author, 1)
second = Author(id=1, name="U. K. Le Guin")
session.add(second)
#> second is pending; no SQL
try:
    session.flush()
    #> INSERT author; ROLLBACK; warns SAWarning
    #> raises IntegrityError; second is transient
except exc.IntegrityError as error:
    print(error.orig)
session.rollback()
#> author is persistent; author.name is expired; no SQL
# --8<-- [end:new]

# --8<-- [start:copy]
with Session(engine) as other:
    copy = other.get(Author, 1)
#> copy is detached
try:
    session.add(copy)
    #> raises InvalidRequestError; copy is detached
except exc.InvalidRequestError as error:
    print(error)
# --8<-- [end:copy]

# --8<-- [start:merge]
copy.name = "Ursula K. Le Guin"
merged = session.merge(copy)
#> SELECT author; author.name is modified; copy is detached
assert merged is author
assert author.name == "Ursula K. Le Guin"
#> no SQL
session.close()
# --8<-- [end:merge]
