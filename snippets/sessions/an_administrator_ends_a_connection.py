"""An administrator ends a connection that a Session uses."""

# needs postgresql
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

empty_tables()
name_it = text("SET application_name = 'reports'")
end_it = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database()"
    " AND application_name = 'reports'"
)
# --8<-- [end:setup]

# --- story
# --8<-- [start:ended]
session, administrator = Session(engine), Session(engine)
session.execute(name_it)
administrator.execute(end_it)
administrator.close()
try:
    session.scalars(select(Author)).all()
    #> SELECT author; raises OperationalError
except DBAPIError as error:
    print(error.connection_invalidated)
    #> prints True
session.close()
# --8<-- [end:ended]
