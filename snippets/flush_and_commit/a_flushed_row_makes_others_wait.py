"""A flushed row holds locks; a taken name fails at the flush."""

# differs on postgresql, mariadb: each database has
#   its own statement to set the lock timeout
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
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

other = Session(engine)
other.execute(text(short_wait))
second = Author(name="Ursula")
other.add(second)
try:
    other.flush()
    #> INSERT author; ROLLBACK; raises OperationalError
except OperationalError as error:
    print(error.orig)
# --8<-- [end:lock]

# --8<-- [start:late]
other.rollback()
writer.commit()
#> COMMIT; others see 1 row in author
third = Author(name="Ursula")
other.add(third)
#> third is pending; no SQL
try:
    other.commit()
    #> INSERT author; ROLLBACK; raises IntegrityError
except IntegrityError as error:
    print(error.orig)
# --8<-- [end:late]

# --8<-- [start:drop]
other.invalidate()  # its lock timeout was changed: don't reuse it
# --8<-- [end:drop]
