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
    try:
        session.begin()
    except InvalidRequestError as error:
        begun = str(error)
        print(begun)
assert begun.startswith("A transaction is already begun")
# --8<-- [end:begun]

# --8<-- [start:ended]
try:
    with Session(engine) as session, session.begin():
        session.commit()
        session.scalars(names).all()
except InvalidRequestError as error:
    ended = str(error)
    print(ended)
assert ended.startswith("Can't operate on closed transaction")
# --8<-- [end:ended]

# --8<-- [start:autobegin]
with Session(engine, autobegin=False) as session:
    try:
        session.scalars(names).all()
    except InvalidRequestError as error:
        manual = str(error)
        print(manual)
    with session.begin():
        assert session.scalars(names).all() == []
assert manual.startswith("Autobegin is disabled")
# --8<-- [end:autobegin]

# --8<-- [start:final]
session = Session(engine, close_resets_only=False)
session.close()
try:
    session.scalars(names).all()
except InvalidRequestError as error:
    final = str(error)
    print(final)
assert "permanently closed" in final
# --8<-- [end:final]

# --8<-- [start:autocommit]
try:
    Session(engine, autocommit=True)
except ArgumentError as error:
    gone = str(error)
    print(gone)
assert "autocommit" in gone
# --8<-- [end:autocommit]
