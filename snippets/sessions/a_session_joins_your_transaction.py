"""A Session on your connection works inside your transaction."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
with engine.connect() as connection, connection.begin():
    connection.execute(insert(Author).values(name="Italo"))
    with Session(connection) as session:
        session.add(Author(name="Ursula"))
        session.commit()
        #> INSERT author; others see 0 rows in author
#> COMMIT; others see 2 rows in author
# --8<-- [end:commit]

# --8<-- [start:rollback]
with engine.connect() as connection, connection.begin() as outer:
    connection.execute(insert(Author).values(name="Joan"))
    with Session(connection) as session:
        session.add(Author(name="Jorge"))
        session.flush()
        session.rollback()
        #> ROLLBACK
    outer.rollback()
    #> no SQL; warns SAWarning
# --8<-- [end:rollback]

# --8<-- [start:begun]
with engine.connect() as connection:
    connection.execute(names).all()
    #> BEGIN; SELECT author
    with Session(connection) as session:
        session.add(Author(name="Zadie"))
        session.commit()
        #> INSERT author
#> ROLLBACK
# --8<-- [end:begun]
