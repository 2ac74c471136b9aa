"""A begin() block ends its transaction once; then leave it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Ursula"))
        session.commit()
        #> INSERT author; COMMIT; others see 1 row in author
        session.scalars(names).all()
        #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints Can't operate on closed transaction inside context …
# --8<-- [end:commit]

# --8<-- [start:rollback]
try:
    with Session(engine) as session, session.begin():
        octavia = Author(name="Octavia")
        session.add(octavia)
        session.flush()
        session.rollback()
        #> ROLLBACK; octavia is transient
        session.scalars(names).all()
        #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints Can't operate on closed transaction inside context …
# --8<-- [end:rollback]
