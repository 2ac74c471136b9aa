"""add() inside a mapper event only gives a warning."""

from snippets.library import Author, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

empty_tables()


# --8<-- [end:setup]
# --8<-- [start:listener]
@event.listens_for(Author, "after_insert")
def add_tag(mapper, connection, author):
    object_session(author).add(Tag(name="new author"))


# --8<-- [end:listener]

# --- story
# --8<-- [start:warning]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.flush()
    #> INSERT author; warns SAWarning
    session.commit()
    #> INSERT tag; COMMIT
# --8<-- [end:warning]
