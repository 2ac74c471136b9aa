"""begin_nested() flushes; its SAVEPOINT is sent when needed."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:order]
with Session(engine) as session, session.begin():
    session.add(Author(name="Toni"))
    with session.begin_nested():
        #> INSERT author
        session.add(Author(name="Joan"))
        #> no SQL
        session.flush()
        #> SAVEPOINT; INSERT author
    #> RELEASE SAVEPOINT
# --8<-- [end:order]

# --8<-- [start:unused]
session = Session(engine)
with session.begin_nested():
    octavia = Author(name="Octavia")
#> no SQL
session.close()
# --8<-- [end:unused]
