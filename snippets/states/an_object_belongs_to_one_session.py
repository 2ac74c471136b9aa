"""An object belongs to one Session, and so do its relatives."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
session, other = Session(engine), Session(engine)
author = session.scalars(select(Author)).one()
# --8<-- [end:setup]

# --- story
# --8<-- [start:other]
with session, other:
    try:
        other.add(Book(title="Lavinia", author=author))
        #> raises InvalidRequestError; author is in session
    except InvalidRequestError:
        other.rollback()
    other.add(Book(title="Lavinia", author=other.merge(author)))
    #> SELECT author
# --8<-- [end:other]
