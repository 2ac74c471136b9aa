"""rollback() takes every object back to where it was before."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    for name in "Octavia", "Toni", "Ursula":
        session.add(Author(name=name))
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:before]
session = Session(engine)
in_order = select(Author).order_by(Author.name)
octavia, toni, ursula = session.scalars(in_order).all()
ursula.name = "Ursula K."
session.delete(octavia)
joan = Author(name="Joan")
session.add(joan)
session.flush()
alice = Author(name="Alice")
session.add(alice)

assert inspect(octavia).deleted
assert inspect(joan).persistent
assert inspect(alice).pending
assert engine.pool.checkedout() == 1
# --8<-- [end:before]

# --8<-- [start:rollback]
sent()
session.rollback()
assert sent() == ["ROLLBACK"]
assert engine.pool.checkedout() == 0
# --8<-- [end:rollback]

# --8<-- [start:loaded]
for author in octavia, toni, ursula:
    assert inspect(author).persistent
    assert inspect(author).expired
assert ursula.name == "Ursula"
assert octavia.name == "Octavia"
assert sent() == ["BEGIN", "SELECT author", "SELECT author"]
# --8<-- [end:loaded]

# --8<-- [start:new]
assert inspect(alice).transient
assert alice.name == "Alice"

assert inspect(joan).transient
assert joan.name == "Joan"
assert joan.id is not None
assert not inspect(joan).has_identity
# --8<-- [end:new]

# --8<-- [start:again]
old_id = joan.id
session.add(joan)
session.commit()
assert joan.id == old_id
session.close()
# --8<-- [end:again]
