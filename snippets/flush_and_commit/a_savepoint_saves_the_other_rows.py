"""A savepoint loses the bad row alone."""

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
