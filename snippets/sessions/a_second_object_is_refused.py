"""A Session refuses a second object for a row; merge() copies."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import warnings

from sqlalchemy import exc
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
    with warnings.catch_warnings(record=True, action="always") as w:
        session.flush()
except exc.IntegrityError as error:
    failed = error.statement
    print(error.orig)
assert failed.startswith("INSERT INTO author")
assert "conflicts with persistent" in str(w[0].message)
session.rollback()
# --8<-- [end:new]

# --8<-- [start:copy]
with Session(engine) as other:
    copy = other.get(Author, 1)
try:
    session.add(copy)
except exc.InvalidRequestError as error:
    refusal = str(error)
    print(refusal)
assert "is already present in this session" in refusal
# --8<-- [end:copy]

# --8<-- [start:merge]
copy.name = "Ursula K. Le Guin"
merged = session.merge(copy)
assert merged is author
assert author.name == "Ursula K. Le Guin"
assert copy not in session
session.close()
# --8<-- [end:merge]
