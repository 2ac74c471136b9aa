"""The Session rolls back a failed flush, not a failed execute()."""

# differs on postgresql: after a failed statement, PostgreSQL
#   refuses every other one until you roll back
# differs on mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
session = Session(engine)
session.add(Author(name="Ursula"))
try:
    session.flush()
    #> INSERT author; ROLLBACK; raises IntegrityError
except IntegrityError as error:
    print(error.orig)
# --8<-- [end:flush]

try:
    session.scalars(names)
    #> no SQL; raises PendingRollbackError
except PendingRollbackError as error:
    print(str(error).partition(" (")[0])

# --8<-- [start:again]
session.rollback()
#> no SQL
# --8<-- [end:again]

# --8<-- [start:statement]
joan = Author(name="Joan")
session.add(joan)
session.flush()
try:
    session.execute(insert(Author).values(name="Ursula"))
    #> INSERT author; raises IntegrityError; joan is persistent
except IntegrityError as error:
    print(error.orig)
# --8<-- [end:statement]

try:
    print(session.scalars(names).all())
    #> SELECT author
except DBAPIError as error:
    print(error.orig)

# --8<-- [start:undo]
session.rollback()
#> ROLLBACK; joan is transient; others see 1 row in author
session.close()
# --8<-- [end:undo]
