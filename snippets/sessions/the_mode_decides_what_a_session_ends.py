"""join_transaction_mode decides what of yours a Session ends."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()


def joined(mode):
    global ursula  # its state shows how the Session has ended
    connection = engine.connect()
    connection.begin()
    session = Session(connection, join_transaction_mode=mode)
    ursula = Author(name="Ursula")
    session.add(ursula)
    session.flush()
    return session


# --8<-- [end:setup]

# --- story
# --8<-- [start:default]
default = joined("conditional_savepoint")
default.close()
#> no SQL
default.bind.close()
# --8<-- [end:default]

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
