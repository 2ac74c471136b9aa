"""A pool lends a limited number of connections, then times out."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, exc, select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:full]
small = create_engine(
    engine.url, pool_size=1, max_overflow=1, pool_timeout=0.1
)
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

# --8<-- [start:dispose]
small.dispose()
print(small.pool.checkedin())
#> prints 0
# --8<-- [end:dispose]

# --8<-- [start:default]
print(engine.pool.size())
#> prints 5
print(f"{engine.pool.timeout():g} seconds")
#> prints 30 seconds
opened = [engine.connect() for _ in range(15)]
print(engine.pool.overflow())
#> prints 10
for connection in opened:
    connection.close()
# --8<-- [end:default]
