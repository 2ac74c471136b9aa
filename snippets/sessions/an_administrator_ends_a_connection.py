"""An administrator ends a connection that a Session uses."""

# needs postgresql
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

empty_tables()
ended = text("SELECT pg_terminate_backend(:pid, 5000)")
own_pid = text("SELECT pg_backend_pid()")
# --8<-- [end:setup]

# --- story
# --8<-- [start:ended]
session, administrator = Session(engine), Session(engine)
pid = session.scalar(own_pid)
administrator.scalar(ended, {"pid": pid})
administrator.close()
try:
    session.scalars(select(Author)).all()
    #> SELECT author; raises OperationalError
except DBAPIError as error:
    print(error.connection_invalidated)
    #> prints True
session.close()
# --8<-- [end:ended]
