"""A flushed row makes another transaction wait for its lock."""

# differs on postgresql, mariadb: each database has
#   its own statement to set the lock timeout
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

empty_tables()
short_wait = {
    "sqlite": "PRAGMA busy_timeout = 1",
    "postgresql": "SET lock_timeout = 1",
}.get(engine.dialect.name, "SET innodb_lock_wait_timeout = 0")
# --8<-- [end:setup]

# --- story
# --8<-- [start:lock]
writer = Session(engine)
first = Author(name="Ursula")
writer.add(first)
writer.flush()
#> INSERT author; others see 0 rows in author

second_writer = Session(engine)
second_writer.execute(text(short_wait))
second = Author(name="Ursula")
second_writer.add(second)
try:
    second_writer.flush()
    #> INSERT author; ROLLBACK; raises OperationalError
except OperationalError as error:
    print(error.orig)

writer.commit()
#> COMMIT; others see 1 row in author
# Roll back and drop the connection: its timeout was changed.
second_writer.invalidate()
# --8<-- [end:lock]
