"""pool_pre_ping doesn't test a connection that a Session holds."""

# needs postgresql, mariadb
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from time import sleep

from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

empty_tables()
timeouts = {
    "postgresql": "idle_in_transaction_session_timeout = '1s'",
    "mariadb": "idle_transaction_timeout = 1",
}
set_idle_timeout = text(f"SET {timeouts[engine.dialect.name]}")
pinging = create_engine(engine.url, pool_pre_ping=True)
# --8<-- [end:setup]

# --- story
# --8<-- [start:during]
with Session(pinging) as session:
    session.execute(set_idle_timeout)
    session.scalar(select(Author))
    sleep(2)  # the server closes the idle connection
    try:
        session.scalar(select(Author))
        #> SELECT author
    except DBAPIError as error:
        print(error.connection_invalidated)
        #> prints True
# --8<-- [end:during]
