"""An expired object needs its Session and its row to be read."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import delete, inspect, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import DetachedInstanceError
from sqlalchemy.orm.exc import ObjectDeletedError

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:session_gone]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
    session.commit()

try:
    author.name
except DetachedInstanceError as error:
    refusal = str(error)
    print(refusal)
assert "is not bound to a Session" in refusal
assert inspect(author).expired
# --8<-- [end:session_gone]

# --8<-- [start:kept]
with Session(engine, expire_on_commit=False) as session:
    author = session.scalars(select(Author)).one()
    session.commit()
    with Session(engine) as other, other.begin():
        other.execute(update(Author).values(name="Octavia"))
assert author.name == "Ursula"
# --8<-- [end:kept]

# --8<-- [start:row_gone]
session = Session(engine)
author = session.scalars(select(Author)).one()
session.commit()
with Session(engine) as other, other.begin():
    other.execute(delete(Author))

try:
    author.name
except ObjectDeletedError as error:
    refusal = str(error)
    print(refusal)
assert "its row is otherwise not present" in refusal
assert inspect(author).expired
# --8<-- [end:row_gone]

# --8<-- [start:ask]
try:
    session.refresh(author)
except InvalidRequestError as error:
    refusal = str(error)
    print(refusal)
assert "Could not refresh instance" in refusal

key = inspect(author).identity
assert session.get(Author, key) is None
session.close()
# --8<-- [end:ask]
