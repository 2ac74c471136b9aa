"""A listener for before_flush can't call flush()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import sessionmaker

empty_tables()
new_session = sessionmaker(engine)


@event.listens_for(new_session, "before_flush")
def flush_first(session, context, instances):
    session.flush()


# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
with new_session() as session:
    session.add(Author(name="Ursula"))
    try:
        session.commit()
        #> raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
# --8<-- [end:flush]
