"""One sessionmaker opens every Session of a program alike."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
import sqlalchemy
from sqlalchemy import insert, make_url, select
from sqlalchemy.exc import UnboundExecutionError
from sqlalchemy.orm import sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:factory]
new_session = sessionmaker(engine)

with new_session() as session, new_session() as other:
    assert session is not other
    assert session.bind is other.bind is engine
# --8<-- [end:factory]

# --8<-- [start:begin]
with new_session.begin() as session:
    session.add(Author(name="Ursula"))
assert sent() == ["BEGIN", "INSERT author", "COMMIT"]
# --8<-- [end:begin]

# --8<-- [start:engine_begin]
with engine.begin() as connection:
    connection.execute(insert(Author).values(name="Italo"))
assert sent() == ["BEGIN", "INSERT author", "COMMIT"]
# --8<-- [end:engine_begin]

# --8<-- [start:configure]
late = sessionmaker()
names = select(Author.name).order_by(Author.name)

try:
    with late() as session:
        session.scalars(names)
except UnboundExecutionError as error:
    unbound = str(error)
    print(unbound)
assert unbound.startswith("Could not locate a bind")

late.configure(bind=engine)
with late() as session:
    assert session.scalars(names).all() == ["Italo", "Ursula"]
# --8<-- [end:configure]

# --8<-- [start:driver]
bare = make_url("postgresql:///library").get_driver_name()
is_20 = sqlalchemy.__version__.startswith("2.0")
assert bare == ("psycopg2" if is_20 else "psycopg")

named = make_url("postgresql+psycopg:///library")
assert named.get_driver_name() == "psycopg"
# --8<-- [end:driver]
