"""A Session begins on its own; the database begins with the SQL."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:autobegin]
session = Session(engine)
author = Author(name="Ursula")
print(session.in_transaction())
#> prints False

session.add(author)
#> session has a transaction; no SQL; pool has 0 in use
print(session.in_transaction())
#> prints True

session.flush()
#> BEGIN; INSERT author; pool has 1 in use
session.commit()
#> COMMIT; session has no transaction; pool has 0 in use
# --8<-- [end:autobegin]

# --8<-- [start:read]
print(author.name)
#> BEGIN; SELECT author; pool has 1 in use; prints Ursula
session.rollback()
#> ROLLBACK; session has no transaction; pool has 0 in use
# --8<-- [end:read]
