"""A savepoint loses the bad row alone, if it is added inside."""

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
# --8<-- [start:savepoints]
with Session(engine) as session, session.begin():
    for name in "Octavia", "Ursula", "Toni":
        try:
            with session.begin_nested():
                author = Author(name=name)
                session.add(author)
        except IntegrityError:
            print(f"{name} is already there")
    #> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
    #> SAVEPOINT; INSERT author; ROLLBACK TO SAVEPOINT
    #> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
    #> others see 1 row in author; prints Ursula is already there
#> COMMIT; others see 3 rows in author
# --8<-- [end:savepoints]

# --8<-- [start:too_early]
session = Session(engine)
alice = Author(name="Alice")
session.add(alice)
session.flush()
#> INSERT author
session.add(Author(name="Ursula"))
try:
    with session.begin_nested():
        #> INSERT author; ROLLBACK; raises IntegrityError
        session.flush()
except IntegrityError:
    session.rollback()
    #> alice is transient; others see 3 rows in author
# --8<-- [end:too_early]
