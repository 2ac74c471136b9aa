"""The end of a with block rolls back, or commits if you asked."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:with_block]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
    #> BEGIN; INSERT author; COMMIT; others see 1 row in author
#> no SQL
# --8<-- [end:with_block]

# --8<-- [start:forgotten]
with Session(engine) as session:
    session.add(Author(name="Italo"))
    session.flush()
    #> BEGIN; INSERT author
#> ROLLBACK; others see 1 row in author
# --8<-- [end:forgotten]

# --8<-- [start:begin]
with Session(engine) as session, session.begin():
    session.add(Author(name="Italo"))
    #> no SQL
#> BEGIN; INSERT author; COMMIT; others see 2 rows in author
# --8<-- [end:begin]

# --8<-- [start:failure]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Jorge"))
        session.flush()
        #> BEGIN; INSERT author
        raise ValueError("Jorge has left")
    #> ROLLBACK; others see 2 rows in author; pool has 0 in use
except ValueError as error:
    print(error)
    #> prints Jorge has left
# --8<-- [end:failure]
