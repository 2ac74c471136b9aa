"""Since 2.1, text() and Core statements flush first as well."""

# differs on sqlalchemy-2.0: only ORM statements flush first,
#   so the tags stay pending
from snippets.library import Book, Tag, empty_tables, engine

# --8<-- [start:setup]
import sqlalchemy
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

empty_tables()
is_21 = not sqlalchemy.__version__.startswith("2.0")
plain = text("SELECT 1")
core = select(Book.__table__).order_by(Book.__table__.c.id)
off = {"autoflush": False}
# --8<-- [end:setup]

# --- story
# --8<-- [start:core]
session = Session(engine)
tag = Tag(name="one")
session.add(tag)
session.connection().execute(core)
#> SELECT book; tag is pending
with session.no_autoflush:
    session.execute(plain)
    #> SELECT; tag is pending

session.execute(plain)
assert inspect(tag).persistent == is_21

tag = Tag(name="two")
session.add(tag)
session.execute(core)
assert inspect(tag).persistent == is_21

tag = Tag(name="three")
session.add(tag)
session.execute(plain, execution_options=off)
assert inspect(tag).persistent == is_21

tag = Tag(name="four")
session.add(tag)
session.execute(core, execution_options=off)
assert inspect(tag).persistent == is_21
session.close()
# --8<-- [end:core]
