"""After a failed flush, the Session raises until rollback()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:outside]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Ursula"))
    #> INSERT author; ROLLBACK; raises IntegrityError
except IntegrityError:
    print("This name is taken.")
# --8<-- [end:outside]

# --8<-- [start:fix]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    try:
        session.commit()
        #> INSERT author; ROLLBACK; raises IntegrityError
    except IntegrityError:
        session.rollback()
        #> no SQL
    print(session.scalars(select(Author.name)).all())
    #> SELECT author; prints ['Ursula']
# --8<-- [end:fix]

# --8<-- [start:raised]
session = Session(engine)
ursula = session.scalars(select(Author)).one()
session.add(Author(name="Ursula"))
try:
    session.flush()
    #> INSERT author; ROLLBACK; raises IntegrityError
except IntegrityError:
    pass  # here rollback() is missing

try:
    session.commit()
    #> no SQL; raises PendingRollbackError
except PendingRollbackError as error:
    print(str(error).partition(". ")[0])
    #> prints This Session's transaction has been rolled back…
try:
    print(ursula.name)
    #> no SQL; raises PendingRollbackError
except PendingRollbackError:
    pass
# --8<-- [end:raised]

# --8<-- [start:usable]
session.rollback()
#> no SQL
print(ursula.name)
#> SELECT author; prints Ursula
session.close()
# --8<-- [end:usable]
