"""A state says where an object belongs, not what it holds."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, func, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm import make_transient_to_detached

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:conditions]
session = Session(engine)
author = session.scalars(select(Author)).one()
state = inspect(author)
author.name = "Ursula K."
assert state.persistent and state.modified

session.commit()
assert state.persistent and state.expired
assert not state.modified

session.close()
assert state.detached and state.expired
# --8<-- [end:conditions]

# --8<-- [start:one_attribute]
session.add(author)
session.refresh(author)
session.expire(author, ["name"])
assert "name" in state.expired_attributes
assert "id" not in state.expired_attributes
assert not state.expired
# --8<-- [end:one_attribute]

# --8<-- [start:row_gone]
with Session(engine) as other, other.begin():
    other.execute(delete(Author))

session.commit()
assert session.scalar(select(func.count(Author.id))) == 0
assert state.persistent
session.close()
assert state.detached
# --8<-- [end:row_gone]

# --8<-- [start:never_a_row]
nobody = Author(id=7, name="Nobody")
make_transient_to_detached(nobody)
assert inspect(nobody).detached

with Session(engine) as session:
    session.add(nobody)
    assert inspect(nobody).persistent
# --8<-- [end:never_a_row]
