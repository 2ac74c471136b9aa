"""A Session returns a pooled connection, and keeps off yours."""

from snippets.library import Author, empty_tables, engine, sent

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
assert small.pool.checkedout() == 1

try:
    with Session(small) as session:
        session.scalars(everyone).all()
except exc.TimeoutError as error:
    timeout = str(error)
    print(timeout)
assert timeout.startswith("QueuePool limit of size 1")
# --8<-- [end:kept]

# --8<-- [start:returned]
event.listen(small, "close", lambda *_: closed.append("small"))
forgotten.close()
assert small.pool.checkedout() == 0
assert closed == []

small.dispose()
assert closed == ["small"]
# --8<-- [end:returned]

# --8<-- [start:null_pool]
unpooled = create_engine(engine.url, poolclass=NullPool)
event.listen(unpooled, "close", lambda *_: closed.append("null"))
with Session(unpooled) as session:
    session.scalars(everyone).all()
assert closed == ["small", "null"]
# --8<-- [end:null_pool]

# --8<-- [start:lent]
with engine.connect() as connection, connection.begin() as outer:
    with Session(connection) as session:
        session.add(Author(name="Ursula"))
        session.commit()
    assert sent() == ["BEGIN", "INSERT author"]
    assert not connection.closed
    outer.rollback()
assert sent() == ["ROLLBACK"]
# --8<-- [end:lent]

# --8<-- [start:savepoint]
mode = "create_savepoint"
with engine.connect() as connection, connection.begin():
    with Session(connection, join_transaction_mode=mode) as session:
        session.add(Author(name="Ursula"))
        session.flush()
        session.rollback()
    assert sent()[-1] == "ROLLBACK TO SAVEPOINT"
assert sent() == ["COMMIT"]
# --8<-- [end:savepoint]
