"""A flush inserts before it deletes: the name is still taken."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:fails]
session = Session(engine)
ursula = session.get(Author, 1)
session.delete(ursula)
session.add(Author(id=2, name="Ursula"))
try:
    session.flush()
    #> sends INSERT; sends no DELETE; raises IntegrityError
except IntegrityError:
    session.rollback()
# --8<-- [end:fails]

# --8<-- [start:works]
session.delete(ursula)
session.flush()
#> sends DELETE
session.add(Author(id=2, name="Ursula"))
session.commit()
#> INSERT author; COMMIT
session.close()
# --8<-- [end:works]
