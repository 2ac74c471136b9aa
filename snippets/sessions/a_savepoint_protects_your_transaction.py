"""With create_savepoint, your transaction survives a rollback."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:savepoint]
mode = "create_savepoint"
with engine.connect() as connection, connection.begin():
    connection.execute(insert(Author).values(name="Italo"))
    with Session(connection, join_transaction_mode=mode) as session:
        ursula = Author(name="Ursula")
        session.add(ursula)
        session.flush()
        #> SAVEPOINT; INSERT author
        session.rollback()
        #> ROLLBACK TO SAVEPOINT
        session.add(Author(name="Toni"))
        session.commit()
        #> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
        #> others see 0 rows in author
#> COMMIT; others see 2 rows in author
# --8<-- [end:savepoint]
