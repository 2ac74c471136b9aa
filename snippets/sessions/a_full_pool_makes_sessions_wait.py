"""A pool lends a limited number of connections, then times out."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, exc, select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)


def begin_on_sqlite(connection):
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


# --8<-- [end:setup]

# --- story
# --8<-- [start:full]
small = create_engine(
    engine.url, pool_size=1, max_overflow=1, pool_timeout=0.1
)
event.listen(small, "begin", begin_on_sqlite)
first, second, third = (Session(small) for _ in range(3))
first.scalars(names).all()
#> BEGIN; SELECT author; pool has 1 in use
second.scalars(names).all()
#> BEGIN; SELECT author; pool has 2 in use

try:
    third.scalars(names).all()
    #> no SQL; raises TimeoutError
except exc.TimeoutError as error:
    print(error)
    #> prints QueuePool limit of size 1 overflow 1 reached, …
# --8<-- [end:full]

# --8<-- [start:status]
print(small.pool.status())
#> prints Pool size: 1 Connections in pool: 0 …
# --8<-- [end:status]

# --8<-- [start:returned]
first.commit()
#> COMMIT; pool has 1 in use
third.scalars(names).all()
#> BEGIN; SELECT author; pool has 2 in use

second.close()
third.close()
#> ROLLBACK; pool has 0 in use
print(small.pool.checkedin())
#> prints 1
# --8<-- [end:returned]
