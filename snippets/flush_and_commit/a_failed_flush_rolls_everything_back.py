"""A failed flush rolls back the whole transaction, everywhere."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
import warnings

from sqlalchemy import insert, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import PendingRollbackError, SAWarning
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:failed]
session = Session(engine)
toni = Author(name="Toni")
session.add(toni)
session.flush()
session.add(Author(name="Ursula"))
sent()
try:
    session.flush()
except IntegrityError as error:
    print(error)
assert sent() == ["INSERT author", "ROLLBACK"]
assert inspect(toni).transient
# --8<-- [end:failed]

# --8<-- [start:refused]
refused = []
for call in session.commit, lambda: session.scalars(names):
    try:
        call()
    except PendingRollbackError as error:
        print(error)
        refused.append(str(error))
assert ["Ursula" in text for text in refused] == [True, True]
# --8<-- [end:refused]

# --8<-- [start:too_early]
zadie = Author(name="Zadie")
with warnings.catch_warnings(record=True, action="always") as w:
    session.add(zadie)
    session.rollback()
assert issubclass(w[0].category, SAWarning)
assert inspect(zadie).transient
# --8<-- [end:too_early]

# --8<-- [start:go_on]
session.add(toni)
session.commit()
assert session.scalars(names).all() == ["Toni", "Ursula"]
session.close()
# --8<-- [end:go_on]

# --8<-- [start:statement]
failed = []
with Session(engine) as session:
    for statement in insert(Author).values(name="Ursula"), names:
        try:
            session.execute(statement)
        except DBAPIError as error:
            print(error.orig)
            failed.append(statement)
    assert sent()[-2:] == ["INSERT author", "SELECT author"]
assert len(failed) == (2 if engine.name == "postgresql" else 1)
# --8<-- [end:statement]
