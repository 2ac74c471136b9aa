"""begin_nested() flushes; its SAVEPOINT is sent when needed."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:order]
session = Session(engine)
session.add(Author(name="Toni"))
with session.begin_nested():
    #> INSERT author
    session.add(Author(name="Joan"))
    #> no SQL
    session.flush()
    #> SAVEPOINT; INSERT author
#> RELEASE SAVEPOINT
# --8<-- [end:order]

# --8<-- [start:unused]
with session.begin_nested():
    octavia = Author(name="Octavia")
#> no SQL
session.rollback()
#> ROLLBACK; others see 1 row in author
# --8<-- [end:unused]

# --8<-- [start:too_early]
session.add(Author(name="Toni"))
session.flush()
session.add(Author(name="Ursula"))
try:
    with session.begin_nested():
        #> INSERT author; ROLLBACK; raises IntegrityError
        session.add(Author(name="Joan"))
except IntegrityError:
    print("Toni is lost, too")
    #> prints Toni is lost, too
session.rollback()
#> no SQL; others see 1 row in author
session.close()
# --8<-- [end:too_early]
