"""A class that binds doesn't list has no database."""

from snippets.library import Author, Book, engine

# --8<-- [start:setup]
from sqlalchemy.exc import UnboundExecutionError
from sqlalchemy.orm import sessionmaker

new_session = sessionmaker(binds={Author: engine})
# --8<-- [end:setup]

# --- story
# --8<-- [start:unbound]
with new_session() as session:
    try:
        session.get(Book, 1)
        #> no SQL; raises UnboundExecutionError
    except UnboundExecutionError as error:
        print(error)
        #> prints Could not locate a bind configured on mapper …
# --8<-- [end:unbound]
