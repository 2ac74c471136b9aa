"""begin_nested() flushes; its SAVEPOINT is sent when needed."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:order]
session = Session(engine)
session.add(Author(id=2, name="Toni"))
with session.begin_nested():
    #> INSERT author
    session.add(Author(id=3, name="Joan"))
    #> no SQL
    session.flush()
    #> SAVEPOINT; INSERT author
#> RELEASE SAVEPOINT
with session.begin_nested():
    ursula = session.get(Author, 1)
    #> SAVEPOINT; SELECT author
#> RELEASE SAVEPOINT
with session.begin_nested():
    octavia = Author(name="Octavia")
    #> no SQL
#> no SQL
session.begin_nested()
session.rollback()
#> ROLLBACK; others see 1 row in author
# --8<-- [end:order]

# --8<-- [start:too_early]
session.add(Author(id=2, name="Toni"))
session.flush()
session.add(Author(id=3, name="Ursula"))
try:
    with session.begin_nested():
        #> INSERT author; ROLLBACK; raises IntegrityError
        session.add(Author(id=4, name="Joan"))
except IntegrityError as error:
    print(error.orig)
session.rollback()
#> no SQL; others see 1 row in author
session.close()
# --8<-- [end:too_early]
