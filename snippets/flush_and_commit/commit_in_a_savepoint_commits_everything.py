"""commit() inside begin_nested() commits the whole transaction."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
session = Session(engine)
session.add(Author(name="Toni"))
with session.begin_nested():
    session.add(Author(name="Joan"))
    session.commit()
    #> SAVEPOINT; INSERT author; RELEASE SAVEPOINT; COMMIT
#> no SQL; others see 2 rows in author
# --8<-- [end:commit]
