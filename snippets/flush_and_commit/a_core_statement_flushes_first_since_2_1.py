"""Since 2.1, a Core statement flushes first, too."""

# differs on sqlalchemy-2.0: in 2.0, only ORM statements
#   flush first, so the tag stays pending
from snippets.library import Book, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:core]
session = Session(engine)
tag = Tag(name="one")
session.add(tag)
session.connection().execute(text("SELECT 1"))
#> SELECT; tag is pending
with session.no_autoflush:
    session.execute(text("SELECT 1"))
    #> SELECT; tag is pending
    session.execute(select(Book.__table__))
    #> SELECT book; tag is pending
session.execute(select(Book.__table__))
print(inspect(tag).persistent)
session.close()
# --8<-- [end:core]
