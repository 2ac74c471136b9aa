"""After an error in a begin_nested() block, the Session goes on."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:nested]
with Session(engine) as session, session.begin():
    try:
        with session.begin_nested():
            session.add(Author(name="Ursula"))
    except IntegrityError:
        print(session.scalars(select(Author.name)).all())
        #> SELECT author; prints ['Ursula']
# --8<-- [end:nested]
