"""The first SQL takes a connection, commit() gives it back."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, insert, select
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(name="Ursula"))
ursula = select(Author).where(Author.name == "Ursula")
# --8<-- [end:setup]

# --- story
# --8<-- [start:engine]
second = create_engine(engine.url)
print(second.pool is engine.pool, second.pool.checkedin())
#> no SQL; prints False 0
# --8<-- [end:engine]

# --8<-- [start:begin]
session = Session(engine)
session.begin()
session.add(Author(name="Italo"))
#> no SQL; session has a transaction; pool has 0 in use
# --8<-- [end:begin]

# --8<-- [start:first_sql]
session.flush()
#> BEGIN; INSERT author; pool has 1 in use

session.commit()
#> COMMIT; pool has 0 in use
# --8<-- [end:first_sql]

# --8<-- [start:select]
author = session.scalars(ursula).one()
#> BEGIN; SELECT author; pool has 1 in use
session.rollback()
#> ROLLBACK; author.name is expired; pool has 0 in use

print(author.name)
#> BEGIN; SELECT author; pool has 1 in use; prints Ursula

session.close()
#> ROLLBACK; pool has 0 in use
# --8<-- [end:select]
