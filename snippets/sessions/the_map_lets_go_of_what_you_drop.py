"""The map holds what you hold, and what is not yet written."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
import gc

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add_all(
        Author(id=n, name=f"Author {n}") for n in range(1, 101)
    )
sent()
everyone = select(Author).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:weak]
session = Session(engine)
authors = session.scalars(everyone).all()
assert len(session.identity_map) == 100

authors[0].name = "Ursula"
del authors
gc.collect()
assert len(session.identity_map) == 1

session.commit()
gc.collect()
assert len(session.identity_map) == 0
# --8<-- [end:weak]

# --8<-- [start:expired]
authors = session.scalars(everyone).all()
sent()
session.commit()
assert sent() == ["COMMIT"]
assert len(session.identity_map) == 100

ursula = authors[0]
assert inspect(ursula).expired
print(ursula.name)
assert sent() == ["BEGIN", "SELECT author"]

assert session.get(Author, 2) is authors[1]
assert sent() == ["SELECT author"]
session.close()
# --8<-- [end:expired]
