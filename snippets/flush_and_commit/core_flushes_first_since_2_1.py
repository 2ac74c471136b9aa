"""Since 2.1, SQL text flushes first as well."""

# differs on sqlalchemy-2.0: in 2.0, only ORM statements
#   flush first, so the tag stays pending
from snippets.library import Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:text]
session = Session(engine)
tag = Tag(name="one")
session.add(tag)
session.execute(text("SELECT 1"))
print(inspect(tag).persistent)
session.close()
# --8<-- [end:text]
