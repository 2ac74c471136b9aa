"""A pool keeps connections open and lends each many times."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, exc, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

empty_tables()
everyone = select(Author).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:default]
assert engine.pool.size() == 5
assert engine.pool.timeout() == 30
opened = [engine.connect() for _ in range(15)]
assert engine.pool.overflow() == 10
for connection in opened:
    connection.close()
# --8<-- [end:default]

# --8<-- [start:kept]
happened = []
small = create_engine(
    engine.url, pool_size=1, max_overflow=0, pool_timeout=0.1
)
event.listen(small, "connect", lambda *_: happened.append("open"))
event.listen(small, "close", lambda *_: happened.append("close"))

for visit in range(3):
    with Session(small) as session:
        session.scalars(everyone).all()
assert happened == ["open"]
# --8<-- [end:kept]

# --8<-- [start:limit]
first, second = Session(small), Session(small)
first.scalars(everyone).all()
try:
    second.scalars(everyone).all()
except exc.TimeoutError as error:
    limit = str(error)
    print(limit)
assert limit.startswith("QueuePool limit of size 1 overflow 0")

first.commit()
assert second.scalars(everyone).all() == []
second.close()
small.dispose()
# --8<-- [end:limit]

# --8<-- [start:nothing_kept]
happened.clear()
keeps_none = create_engine(engine.url, poolclass=NullPool)
event.listen(
    keeps_none, "connect", lambda *_: happened.append("open")
)
event.listen(
    keeps_none, "close", lambda *_: happened.append("close")
)
for visit in range(2):
    with Session(keeps_none) as session:
        session.scalars(everyone).all()
assert happened == ["open", "close", "open", "close"]
# --8<-- [end:nothing_kept]
