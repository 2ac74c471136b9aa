"""session.rollback() ends a savepoint, and its transaction."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import ResourceClosedError
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:everything]
session = Session(engine)
zadie = Author(name="Zadie")
savepoint = session.begin_nested()
session.add(zadie)
session.flush()
#> SAVEPOINT; INSERT author
session.rollback()
#> ROLLBACK TO SAVEPOINT; ROLLBACK; session has no transaction
# --8<-- [end:everything]

# --8<-- [start:closed]
try:
    savepoint.rollback()
    #> raises ResourceClosedError
except ResourceClosedError as error:
    print(error)
    #> prints This transaction is closed
# --8<-- [end:closed]
