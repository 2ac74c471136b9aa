"""A begin() block that caught a flush error can't send a query."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:queried]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Ursula"))
        try:
            session.flush()
        except IntegrityError:
            session.scalars(names).all()
            #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(str(error).split(".")[0])
    #> prints Can't operate on closed transaction inside context …
# --8<-- [end:queried]
