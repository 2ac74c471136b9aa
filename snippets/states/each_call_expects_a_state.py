"""Each call expects a state and leads to another, or refuses."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
in_order = select(Author).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:query]
session = Session(engine)
octavia = Author(name="Octavia")
session.add(octavia)
authors = session.scalars(in_order).all()
assert sent() == ["BEGIN", "INSERT author", "SELECT author"]

ursula = authors[1]
assert inspect(octavia).persistent
assert inspect(ursula).persistent
# --8<-- [end:query]

# --8<-- [start:rollback]
session.delete(ursula)
session.flush()
session.rollback()
assert inspect(ursula).persistent
assert inspect(octavia).transient
# --8<-- [end:rollback]

# --8<-- [start:leave]
session.add(octavia)
session.expunge(octavia)
assert inspect(octavia).transient

session.expunge(ursula)
assert inspect(ursula).detached
session.add(ursula)
assert inspect(ursula).persistent
session.close()
assert inspect(ursula).detached
# --8<-- [end:leave]

# --8<-- [start:refused]
refused = []
for call in session.refresh, session.delete, session.expunge:
    try:
        call(octavia)
    except InvalidRequestError as error:
        print(error)
        refused.append(call.__name__)
assert refused == ["refresh", "delete", "expunge"]
# --8<-- [end:refused]

# --8<-- [start:other]
session.add(ursula)
with Session(engine) as other:
    try:
        other.add(ursula)
    except InvalidRequestError as error:
        refusal = str(error)
        print(refusal)
    assert ursula in session and ursula not in other
assert "is already attached to session" in refusal
session.close()
# --8<-- [end:other]
