"""A pool keeps connections open and lends each many times."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, exc, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

empty_tables()
everyone = select(Author).order_by(Author.id)
happened = []


def watched_engine(**options):
    new = create_engine(engine.url, **options)
    event.listen(new, "connect", lambda *_: happened.append("open"))
    event.listen(new, "close", lambda *_: happened.append("close"))
    return new


# --8<-- [end:setup]

# --8<-- [start:default]
assert engine.pool.size() == 5
assert engine.pool.timeout() == 30
opened = [engine.connect() for _ in range(15)]
assert engine.pool.overflow() == 10
for connection in opened:
    connection.close()
# --8<-- [end:default]

# --- story
# --8<-- [start:kept]
small = watched_engine(
    pool_size=1, max_overflow=0, pool_timeout=0.1
)
for visit in range(2):
    with Session(small) as session:
        session.scalars(everyone).all()
        #> SELECT author; pool has 1 in use
    #> ROLLBACK; pool has 0 in use
assert happened == ["open"]
# --8<-- [end:kept]

# --8<-- [start:limit]
first, second = Session(small), Session(small)
first.scalars(everyone).all()
#> SELECT author; pool has 1 in use
try:
    second.scalars(everyone).all()
    #> no SQL; raises TimeoutError
except exc.TimeoutError as error:
    print(error)
    #> prints QueuePool limit of size 1 overflow 0 reached, …

first.commit()
#> COMMIT; pool has 0 in use
second.scalars(everyone).all()
#> SELECT author; pool has 1 in use
second.close()
small.dispose()
# --8<-- [end:limit]

# --8<-- [start:nothing_kept]
happened.clear()
keeps_none = watched_engine(poolclass=NullPool)
for visit in range(2):
    with Session(keeps_none) as session:
        session.scalars(everyone).all()
        #> SELECT author; pool has 1 in use
    #> ROLLBACK; pool has 0 in use
assert happened == ["open", "close", "open", "close"]
# --8<-- [end:nothing_kept]
