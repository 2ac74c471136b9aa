"""Since 2.1, text() and Core statements flush first as well."""

# differs on sqlalchemy-2.0: in 2.0, only ORM statements
#   flush first, so the tags stay pending
from snippets.library import Book, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

empty_tables()
off = {"autoflush": False}
# --8<-- [end:setup]

# --- story
# --8<-- [start:text]
session = Session(engine)
tag = Tag(name="one")
session.add(tag)
session.connection().execute(text("SELECT 1"))
#> SELECT; tag is pending
session.execute(text("SELECT 1"))
print(inspect(tag).persistent)
# --8<-- [end:text]

# --8<-- [start:core]
tag = Tag(name="two")
session.add(tag)
with session.no_autoflush:
    session.execute(select(Book.__table__))
    #> SELECT book; tag is pending
session.execute(select(Book.__table__))
print(inspect(tag).persistent)
# --8<-- [end:core]

# --8<-- [start:option]
tag = Tag(name="three")
session.add(tag)
session.execute(text("SELECT 1"), execution_options=off)

tag = Tag(name="four")
session.add(tag)
session.execute(select(Book.__table__), execution_options=off)
session.close()
# --8<-- [end:option]
