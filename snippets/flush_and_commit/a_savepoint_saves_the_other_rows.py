"""A savepoint around each row loses the bad row alone."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:begin]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Joan"))
        session.flush()
        raise ValueError("not today")
except ValueError as error:
    print(error)
assert sent() == ["BEGIN", "INSERT author", "ROLLBACK"]
# --8<-- [end:begin]

# --8<-- [start:swallowed]
with Session(engine) as session, session.begin():
    session.add(Author(name="Joan"))
    session.flush()
    session.add(Author(name="Ursula"))
    try:
        session.flush()
    except IntegrityError as error:
        print(error)
assert sent()[-1] == "ROLLBACK"
# --8<-- [end:swallowed]

# --8<-- [start:closed]
try:
    with Session(engine) as session, session.begin():
        session.rollback()
        session.scalars(names)
except InvalidRequestError as error:
    print(error)
assert sent() == []
# --8<-- [end:closed]

# --8<-- [start:savepoints]
with Session(engine) as session, session.begin():
    for name in "Octavia", "Ursula", "Toni":
        try:
            with session.begin_nested():
                session.add(Author(name=name))
        except IntegrityError:
            print(f"{name} is there already")

one_good = ["SAVEPOINT", "INSERT author", "RELEASE"]
one_bad = ["SAVEPOINT", "INSERT author", "ROLLBACK TO SAVEPOINT"]
assert sent() == ["BEGIN", *one_good, *one_bad, *one_good, "COMMIT"]
# --8<-- [end:savepoints]

# --8<-- [start:kept]
with Session(engine) as session:
    found = session.scalars(names).all()
assert found == ["Octavia", "Toni", "Ursula"]
# --8<-- [end:kept]
