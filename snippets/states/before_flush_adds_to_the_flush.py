"""The flush that calls before_flush saves what it adds."""

from snippets.library import Author, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.orm import sessionmaker

empty_tables()
new_session = sessionmaker(engine)


# --8<-- [end:setup]
# --8<-- [start:listener]
@event.listens_for(new_session, "before_flush")
def add_tags(session, context, instances):
    for obj in session.new:
        if isinstance(obj, Author):
            session.add(Tag(name=f"by {obj.name}"))


# --8<-- [end:listener]

# --- story
# --8<-- [start:saved]
with new_session() as session:
    session.add(Author(name="Ursula"))
    session.flush()
    #> INSERT author; INSERT tag
    session.commit()
    #> COMMIT; others see 1 row in tag
# --8<-- [end:saved]
