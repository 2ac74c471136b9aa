"""One sessionmaker opens every Session of a program alike."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import sqlalchemy
from sqlalchemy import insert, make_url, select
from sqlalchemy.exc import UnboundExecutionError
from sqlalchemy.orm import sessionmaker

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:factory]
new_session = sessionmaker(engine)
assert new_session() is not new_session()
assert new_session().bind is engine
# --8<-- [end:factory]

# --8<-- [start:begin]
with new_session.begin() as session:
    session.add(Author(name="Ursula"))
#> BEGIN; INSERT author; COMMIT; others see 1 row in author
# --8<-- [end:begin]

# --8<-- [start:engine_begin]
with engine.begin() as connection:
    #> BEGIN
    connection.execute(insert(Author).values(name="Italo"))
    #> INSERT author
#> COMMIT; others see 2 rows in author
# --8<-- [end:engine_begin]

# --8<-- [start:configure]
late = sessionmaker()
try:
    with late() as session:
        session.scalars(names)
        #> no SQL; raises UnboundExecutionError
except UnboundExecutionError as error:
    print(error)
    #> prints Could not locate a bind configured on mapper …

late.configure(bind=engine)
with late() as session:
    print(*session.scalars(names))
    #> SELECT author; prints Italo Ursula
# --8<-- [end:configure]

# --8<-- [start:driver]
bare = make_url("postgresql:///library").get_driver_name()
is_20 = sqlalchemy.__version__.startswith("2.0")
assert bare == ("psycopg2" if is_20 else "psycopg")

named = make_url("postgresql+psycopg:///library")
assert named.get_driver_name() == "psycopg"
# --8<-- [end:driver]
