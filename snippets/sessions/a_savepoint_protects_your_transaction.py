"""With create_savepoint, your transaction survives a rollback."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from contextlib import contextmanager

from sqlalchemy import insert
from sqlalchemy.orm import Session, sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:savepoint]
mode = "create_savepoint"
with engine.connect() as connection, connection.begin():
    connection.execute(insert(Author).values(name="Italo"))
    with Session(connection, join_transaction_mode=mode) as session:
        session.add(Author(name="Ursula"))
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

# --8<-- [start:application]
new_session = sessionmaker(engine)


def tested_code():
    with new_session.begin() as session:
        session.add(Author(name="Joan"))


# --8<-- [end:application]


# --8<-- [start:fixture]
@contextmanager  # with pytest, write @pytest.fixture here
def undo_everything():
    with engine.connect() as connection:
        connection.begin()
        new_session.configure(
            bind=connection,
            join_transaction_mode="create_savepoint",
        )
        try:
            yield
        finally:
            new_session.configure(bind=engine)


# --8<-- [end:fixture]


# --8<-- [start:test]
with undo_everything():
    tested_code()
    #> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
#> ROLLBACK; others see 2 rows in author

tested_code()  # after the test
#> INSERT author; COMMIT; others see 3 rows in author
# --8<-- [end:test]
