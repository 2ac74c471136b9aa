"""A failed flush rolls back the whole transaction, everywhere."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import warnings

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session

warnings.simplefilter("always", SAWarning)
empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:failed]
session = Session(engine)
toni = Author(name="Toni")
session.add(toni)
session.flush()
#> INSERT author; toni is persistent
session.add(Author(name="Ursula"))
try:
    session.flush()
    #> INSERT author; ROLLBACK; raises IntegrityError
except IntegrityError as error:
    print(error.orig)
    #> toni is transient; others see 1 row in author
# --8<-- [end:failed]

# --8<-- [start:refused]
try:
    session.commit()
    #> no SQL; raises PendingRollbackError
except PendingRollbackError as error:
    assert "Original exception was" in str(error)
    print(str(error).splitlines()[0])
try:
    session.scalars(names)
    #> no SQL; raises PendingRollbackError
except PendingRollbackError as error:
    assert "Session.rollback()" in str(error)
# --8<-- [end:refused]

# --8<-- [start:too_early]
zadie = Author(name="Zadie")
session.add(zadie)
#> zadie is pending
session.rollback()
#> no SQL; warns SAWarning; zadie is transient
# --8<-- [end:too_early]

# --8<-- [start:go_on]
session.add(toni)
session.commit()
#> INSERT author; COMMIT; others see 2 rows in author
session.close()
# --8<-- [end:go_on]
