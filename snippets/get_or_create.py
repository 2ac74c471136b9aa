"""The functions that the story about get or create uses."""

from snippets.library import Author, engine

# --8<-- [start:imports]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

# --8<-- [end:imports]

# --8<-- [start:get_or_create]
new_session = sessionmaker(engine)


def find(name):
    with new_session.begin() as session:
        by_name = select(Author.id).where(Author.name == name)
        return session.scalar(by_name)


def get_or_create(name):
    found = find(name)
    if found is not None:
        return found
    try:
        with new_session.begin() as session:
            author = Author(name=name)
            session.add(author)
            session.flush()
            return author.id
    except IntegrityError:
        found = find(name)  # in a new transaction
        if found is None:
            raise
        return found


# --8<-- [end:get_or_create]
