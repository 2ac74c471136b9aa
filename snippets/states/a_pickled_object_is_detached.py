"""An object read from a pickle is detached."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import pickle

from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:pickle]
with Session(engine) as session:
    data = pickle.dumps(session.get(Author, 1))

with Session(engine) as session:
    cached = pickle.loads(data)
    #> cached is detached; no SQL
    merged = session.merge(cached, load=False)
    #> merged is persistent; no SQL
    print(merged.name)
    #> no SQL; prints Ursula
# --8<-- [end:pickle]
