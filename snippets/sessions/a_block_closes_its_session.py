"""The end of a with block commits, if you asked, and closes."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:begin]
new_session = sessionmaker(engine)

with new_session.begin() as session:
    session.add(Author(name="Ursula"))
#> BEGIN; INSERT author; COMMIT; others see 1 row in author
# --8<-- [end:begin]

# --8<-- [start:read]
with new_session() as session:
    print(*session.scalars(names))
    #> BEGIN; SELECT author; prints Ursula
#> ROLLBACK; pool has 0 in use
# --8<-- [end:read]

# --8<-- [start:failure]
try:
    with new_session.begin() as session:
        session.add(Author(name="Jorge"))
        session.flush()
        #> BEGIN; INSERT author
        raise ValueError("the order is invalid")
    #> ROLLBACK; others see 1 row in author; pool has 0 in use
except ValueError as error:
    print(error)
    #> prints the order is invalid
# --8<-- [end:failure]

# --8<-- [start:forgotten]
with new_session() as session:
    session.add(Author(name="Italo"))
    session.flush()
    #> BEGIN; INSERT author
#> ROLLBACK; raises nothing; others see 1 row in author
# --8<-- [end:forgotten]
