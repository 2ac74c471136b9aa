"""After a lost connection, the Session raises until rollback()."""

# needs postgresql, mariadb
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from time import sleep

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
timeouts = {
    "postgresql": "idle_in_transaction_session_timeout = '1s'",
    "mariadb": "idle_transaction_timeout = 1",
}
set_idle_timeout = text(f"SET {timeouts[engine.dialect.name]}")
# --8<-- [end:setup]

# --- story
# --8<-- [start:lost]
with Session(engine) as session:
    session.execute(set_idle_timeout)
    author = session.scalar(select(Author))
    sleep(2)  # the server closes the idle connection
    try:
        session.scalar(select(Author))
        #> SELECT author
    except DBAPIError as error:
        print(error.connection_invalidated)
        #> prints True

    try:
        session.scalar(select(Author))
        #> no SQL; raises PendingRollbackError
    except PendingRollbackError as error:
        session.rollback()
        print(str(error).partition(".")[0])
        #> prints Can't reconnect until invalid transaction is…
    print(session.scalar(select(Author)).name)
    #> SELECT author; prints Ursula
# --8<-- [end:lost]
