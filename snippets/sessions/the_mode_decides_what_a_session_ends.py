"""join_transaction_mode decides what of yours a Session ends."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()


def joined(mode, savepoint=False):
    connection = engine.connect()
    connection.begin()
    if savepoint:
        connection.begin_nested()
    session = Session(connection, join_transaction_mode=mode)
    session.add(Author(name="Ursula"))
    session.flush()
    return session


# --8<-- [end:setup]

# --- story
# --8<-- [start:modes]
only = joined("rollback_only")
only.commit()
#> no SQL
only.bind.close()
only = joined("rollback_only")
only.rollback()
#> ROLLBACK
only.bind.close()
only = joined("rollback_only")
only.close()
#> no SQL
only.bind.close()

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

full = joined("control_fully")
full.rollback()
#> ROLLBACK
full.bind.close()
full = joined("control_fully")
full.close()
#> ROLLBACK
full.bind.close()
full = joined("control_fully")
full.commit()
#> COMMIT; others see 1 row in author
full.bind.close()
# --8<-- [end:modes]
