"""A Session that cannot go on says why, and the remedy is short."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:begun]
with Session(engine) as session:
    session.scalars(names).all()
    #> BEGIN; SELECT author
    try:
        session.begin()
        #> raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
        #> prints A transaction is already begun on this Session.
# --8<-- [end:begun]

# --8<-- [start:ended]
try:
    with Session(engine) as session, session.begin():
        session.commit()
        session.scalars(names).all()
        #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints Can't operate on closed transaction inside context …
# --8<-- [end:ended]

# --8<-- [start:autobegin]
with Session(engine, autobegin=False) as session:
    try:
        session.scalars(names).all()
        #> no SQL; raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
        #> prints Autobegin is disabled on this Session; please …
    with session.begin():
        session.scalars(names).all()
        #> BEGIN; SELECT author
    #> COMMIT
# --8<-- [end:autobegin]

# --8<-- [start:final]
session = Session(engine, close_resets_only=False)
author = Author(name="Ursula")
session.add(author)
session.flush()
session.close()
#> ROLLBACK; author is detached
try:
    session.scalars(names).all()
    #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints This Session has been permanently closed and …
# --8<-- [end:final]

# --8<-- [start:autocommit]
Session(engine, autocommit=False)
try:
    Session(engine, autocommit=True)
    #> raises ArgumentError
except ArgumentError as error:
    print(error)
    #> prints autocommit=True is no longer supported
# --8<-- [end:autocommit]
