"""A Session in a savepoint of your transaction ends that alone."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()


def joined(mode, savepoint=False):
    global ursula  # its state shows how the Session has ended
    connection = engine.connect()
    connection.begin()
    if savepoint:
        connection.begin_nested()
    session = Session(connection, join_transaction_mode=mode)
    ursula = Author(name="Ursula")
    session.add(ursula)
    session.flush()
    return session


# --8<-- [end:setup]

# --- story
# --8<-- [start:modes]
nested = joined("create_savepoint")
nested.commit()
#> RELEASE SAVEPOINT
nested.bind.close()
nested = joined("create_savepoint")
nested.rollback()
#> ROLLBACK TO SAVEPOINT
nested.bind.close()
nested = joined("create_savepoint")
nested.close()
#> ROLLBACK TO SAVEPOINT
nested.bind.close()

default = joined("conditional_savepoint", savepoint=True)
default.commit()
#> RELEASE SAVEPOINT
default.bind.close()
default = joined("conditional_savepoint", savepoint=True)
default.rollback()
#> ROLLBACK TO SAVEPOINT
default.bind.close()
default = joined("conditional_savepoint", savepoint=True)
default.close()
#> ROLLBACK TO SAVEPOINT
default.bind.close()
# --8<-- [end:modes]
