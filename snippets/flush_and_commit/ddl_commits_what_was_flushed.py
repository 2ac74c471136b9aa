"""On MariaDB, CREATE TABLE commits what was flushed before it."""

# needs mariadb
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import text
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(text("DROP TABLE IF EXISTS note"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:ddl]
session = Session(engine)
session.add(Author(name="Joan"))
session.flush()
#> INSERT author; others see 0 rows in author
session.execute(text("CREATE TABLE note (id INTEGER)"))
#> others see 1 row in author
session.rollback()
#> ROLLBACK; others see 1 row in author
# --8<-- [end:ddl]
