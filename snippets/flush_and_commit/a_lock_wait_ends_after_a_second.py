"""With a lock timeout, a wait for a locked row ends in an error."""

# needs postgresql, mariadb
from snippets.library import Author, empty_tables, engine, url

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Octavia"))
# --8<-- [end:setup]

# --8<-- [start:setting]
one_second = {
    "postgresql": {"options": "-c lock_timeout=1s"},
    "mariadb": {"init_command": "SET innodb_lock_wait_timeout = 1"},
}[engine.dialect.name]
limited = create_engine(url, connect_args=one_second)
# --8<-- [end:setting]

# --- story
# --8<-- [start:timeout]
with Session(limited) as first, Session(limited) as second:
    first.get(Author, 1, with_for_update=True)
    try:
        second.get(Author, 1, with_for_update=True)
        #> SELECT author; raises OperationalError
    except OperationalError as error:
        print(error.orig)
# --8<-- [end:timeout]
