"""An object read from a pickle is detached."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import pickle

from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:pickle]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
    cached = pickle.loads(pickle.dumps(author))
    #> cached is detached; no SQL
    merged = session.merge(cached, load=False)
    #> no SQL
    print(merged is author)
    #> prints True
# --8<-- [end:pickle]
