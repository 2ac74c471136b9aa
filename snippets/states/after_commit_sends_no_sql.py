"""A listener for after_commit can't send SQL with its Session."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import sessionmaker

empty_tables()
new_session = sessionmaker(engine)


# --8<-- [end:setup]
# --8<-- [start:listener]
@event.listens_for(new_session, "after_commit")
def count_authors(session):
    session.scalars(select(Author)).all()


# --8<-- [end:listener]

# --- story
# --8<-- [start:sql]
with new_session() as session:
    session.add(Author(name="Ursula"))
    try:
        session.commit()
        #> raises InvalidRequestError; others see 1 row in author
    except InvalidRequestError as error:
        print(error)
# --8<-- [end:sql]
