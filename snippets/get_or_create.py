"""The functions that the stories about get or create use."""

from snippets.library import Author, url

# --8<-- [start:imports]
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

# --8<-- [end:imports]

# --8<-- [start:calls]
usual = create_engine(url)  # with default settings
new_session = sessionmaker(usual)


def find(name):
    with new_session.begin() as session:
        by_name = select(Author.id).where(Author.name == name)
        return session.scalar(by_name)


def create(name):
    with new_session.begin() as session:
        author = Author(name=name)
        session.add(author)
        session.flush()
        return author.id


# --8<-- [end:calls]


# --8<-- [start:get_or_create]
def get_or_create(name):
    found = find(name)
    if found is not None:
        return found
    try:
        return create(name)
    except IntegrityError:
        found = find(name)  # in a new transaction
        if found is None:
            raise
        return found


# --8<-- [end:get_or_create]
