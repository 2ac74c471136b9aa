"""Servers name the table that is missing."""

# needs postgresql, mariadb
from snippets.library import Author, Base, engine

# --8<-- [start:setup]
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

Base.metadata.drop_all(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:missing]
with Session(engine) as session:
    try:
        session.get(Author, 1)
        #> SELECT author; raises ProgrammingError
    except ProgrammingError as error:
        print(type(error).__name__)
    session.rollback()
# --8<-- [end:missing]
