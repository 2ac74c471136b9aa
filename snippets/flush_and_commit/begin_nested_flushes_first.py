"""A begin_nested() block protects only what is added inside."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:too_early]
session = Session(engine)
alice = Author(name="Alice")
session.add(alice)
session.flush()
#> INSERT author
session.add(Author(name="Ursula"))
try:
    with session.begin_nested():
        #> INSERT author; ROLLBACK; raises IntegrityError
        pass  # never reached
except IntegrityError:
    session.rollback()
    #> alice is transient; others see "Ursula" in author
# --8<-- [end:too_early]

# --8<-- [start:inside]
session.add(alice)
try:
    with session.begin_nested():
        session.add(Author(name="Ursula"))
except IntegrityError:
    print("Ursula is already there")
    #> prints Ursula is already there
session.commit()
#> COMMIT; others see "Ursula", "Alice" in author
session.close()
# --8<-- [end:inside]
