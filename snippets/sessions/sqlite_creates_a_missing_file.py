"""SQLite creates a file that is missing, without your tables.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author

# --8<-- [start:setup]
from sqlalchemy import create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

elsewhere = create_engine("sqlite:///elsewhere.db")
# --8<-- [end:setup]

# --- story
# --8<-- [start:missing]
try:
    with Session(elsewhere) as session:
        session.scalars(select(Author)).all()
        #> SELECT author; raises OperationalError
except OperationalError as error:
    print(error.orig)
    #> prints no such table: author
# --8<-- [end:missing]
