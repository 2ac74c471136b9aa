"""With NullPool, the end of a Session closes its connection."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import NullPool, create_engine, event, select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:closed]
unpooled = create_engine(engine.url, poolclass=NullPool)
event.listen(unpooled, "close", lambda *_: print("closed"))
with Session(unpooled) as session:
    session.scalars(names).all()
    #> BEGIN; SELECT author; pool has 1 in use
#> ROLLBACK; pool has 0 in use; prints closed
# --8<-- [end:closed]
