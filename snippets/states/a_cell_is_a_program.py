"""A cell is a program. In this one, add() takes back a delete()."""
# ruff: noqa: F401, the cells need what this one does not

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
import pickle
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, make_transient
from sqlalchemy.orm import make_transient_to_detached

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))

session, other = Session(engine), Session(engine)
everyone = select(Author).order_by(Author.id)
fresh = everyone.execution_options(populate_existing=True)
rename = update(Author).where(Author.id == 1).values(name="Zadie")
remove = delete(Author).where(Author.id == 1)
# --8<-- [end:setup]

# --- story
# --8<-- [start:start]
author = session.get(Author, 1)
session.delete(author)
# --8<-- [end:start]

# --8<-- [start:operation]
session.add(author)
#> author is persistent; no SQL
# --8<-- [end:operation]

# --8<-- [start:afterwards]
session.flush()
#> author is persistent; no SQL
# --8<-- [end:afterwards]
session.close()
