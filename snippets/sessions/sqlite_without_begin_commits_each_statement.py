"""isolation_level = None alone leaves SQLite without transactions.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

bare = create_engine("sqlite:///bare.db")
Base.metadata.drop_all(bare)
Base.metadata.create_all(bare)
bare.dispose()
# --8<-- [end:setup]


# --8<-- [start:listener]
@event.listens_for(bare, "connect")
def send_no_begin(connection, record):
    connection.isolation_level = None


# --8<-- [end:listener]

# --- story
# --8<-- [start:lost]
with Session(bare) as session:
    session.add(Author(name="Ursula"))
    session.flush()
    #> INSERT author; others see 1 row in author
    session.rollback()
    #> others see 1 row in author
# --8<-- [end:lost]
