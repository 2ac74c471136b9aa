"""With NullPool, the end of a Session closes its connection."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import NullPool, create_engine, event, select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]


# --8<-- [start:begin]
def begin_on_sqlite(connection):
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


# --8<-- [end:begin]

# --- story
# --8<-- [start:closed]
unpooled = create_engine(engine.url, poolclass=NullPool)
event.listen(unpooled, "begin", begin_on_sqlite)
event.listen(unpooled, "close", lambda *_: print("closed"))
with Session(unpooled) as session:
    session.scalars(names).all()
    #> BEGIN; SELECT author; pool has 1 in use
#> ROLLBACK; pool has 0 in use; prints closed
# --8<-- [end:closed]
