"""close() returns the connection to the pool, which keeps it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, exc, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

empty_tables()
everyone = select(Author).order_by(Author.id)
closed = []
# --8<-- [end:setup]

# --- story
# --8<-- [start:kept]
small = create_engine(
    engine.url, pool_size=1, max_overflow=0, pool_timeout=0.1
)
forgotten = Session(small)
forgotten.scalars(everyone).all()
#> SELECT author; pool has 1 in use

try:
    with Session(small) as session:
        session.scalars(everyone).all()
        #> no SQL; raises TimeoutError
except exc.TimeoutError as error:
    print(error)
    #> prints QueuePool limit of size 1 overflow 0 reached, …
# --8<-- [end:kept]

# --8<-- [start:returned]
event.listen(small, "close", lambda *_: closed.append("small"))
forgotten.close()
#> ROLLBACK; pool has 0 in use
assert closed == []

small.dispose()
assert closed == ["small"]
# --8<-- [end:returned]

# --8<-- [start:null_pool]
unpooled = create_engine(engine.url, poolclass=NullPool)
event.listen(unpooled, "close", lambda *_: closed.append("null"))
with Session(unpooled) as session:
    session.scalars(everyone).all()
    #> SELECT author; pool has 1 in use
#> ROLLBACK; pool has 0 in use
assert closed == ["small", "null"]
# --8<-- [end:null_pool]
