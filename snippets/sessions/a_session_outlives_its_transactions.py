"""A Session holds one transaction after another, until close()."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:with_block]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
assert sent() == ["BEGIN", "INSERT author", "COMMIT"]
# --8<-- [end:with_block]

# --8<-- [start:forgotten]
with Session(engine) as session:
    session.add(Author(name="Italo"))
    session.flush()
assert sent() == ["BEGIN", "INSERT author", "ROLLBACK"]
# --8<-- [end:forgotten]

# --8<-- [start:begin]
with Session(engine) as session, session.begin():
    session.add(Author(name="Italo"))
assert sent() == ["BEGIN", "INSERT author", "COMMIT"]
# --8<-- [end:begin]

# --8<-- [start:failure]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Italo"))  # the name is taken
except IntegrityError as error:
    print(error.orig)
assert sent() == ["BEGIN", "INSERT author", "ROLLBACK"]
assert engine.pool.checkedout() == 0
# --8<-- [end:failure]

# --8<-- [start:many]
session = Session(engine)
for name in "Clarice", "Jorge":
    author = Author(name=name)
    session.add(author)
    assert engine.pool.checkedout() == 0
    session.flush()
    assert engine.pool.checkedout() == 1
    session.commit()
    assert engine.pool.checkedout() == 0
assert sent() == ["BEGIN", "INSERT author", "COMMIT"] * 2
# --8<-- [end:many]

# --8<-- [start:close]
author.name = "Jorge Luis"
session.flush()
session.close()
assert sent()[-2:] == ["UPDATE author", "ROLLBACK"]
assert inspect(author).detached

by_name = select(Author).where(Author.name == "Jorge")
assert session.scalars(by_name).one() is not author
session.reset()
assert sent() == ["BEGIN", "SELECT author", "ROLLBACK"]
# --8<-- [end:close]
