"""With a begin listener, SQLite can undo a savepoint's rows.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:begin]
from sqlalchemy import create_engine, event

sqlite_engine = create_engine("sqlite:///import.db")


@event.listens_for(sqlite_engine, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN")


# --8<-- [end:begin]

# --8<-- [start:setup]
from sqlalchemy.orm import Session

Base.metadata.drop_all(sqlite_engine)
Base.metadata.create_all(sqlite_engine)
sqlite_engine.dispose()
# --8<-- [end:setup]

# --- story
# --8<-- [start:undone]
session = Session(sqlite_engine)
with session.begin_nested():
    session.add(Author(name="Ursula"))
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
session.rollback()
#> ROLLBACK; others see 0 rows in author
# --8<-- [end:undone]
