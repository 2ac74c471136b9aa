"""A rollback to a savepoint undoes only what came after it."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add_all([Author(name="Octavia"), Author(name="Toni")])
by_name = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:savepoint]
session = Session(engine)
octavia, toni = session.scalars(by_name)
octavia.name = "Octavia E."

savepoint = session.begin_nested()
#> UPDATE author
toni.name = "Chloe"
joan = Author(name="Joan")
session.add(joan)
session.flush()
#> SAVEPOINT; UPDATE author; INSERT author
savepoint.rollback()
#> ROLLBACK TO SAVEPOINT
#> toni is expired; octavia.name is loaded; joan is transient
# --8<-- [end:savepoint]

# --8<-- [start:kept]
savepoint = session.begin_nested()
session.add(Author(name="Italo"))
savepoint.commit()
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
session.commit()
#> COMMIT; others see "Octavia E.", "Toni", "Italo" in author
session.close()
# --8<-- [end:kept]
