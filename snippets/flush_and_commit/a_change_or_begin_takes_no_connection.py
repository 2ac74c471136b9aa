"""A change or begin() opens no database transaction."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:change]
author.name = "Ursula K."
#> session has a transaction; no SQL; pool has 0 in use
session.close()
#> no SQL; session has no transaction
# --8<-- [end:change]

# --8<-- [start:begin]
session.begin()
#> session has a transaction; no SQL; pool has 0 in use
session.rollback()
#> no SQL; session has no transaction; pool has 0 in use
loaded = session.get(Author, 1)
#> BEGIN; SELECT author; pool has 1 in use
session.close()
#> ROLLBACK; session has no transaction; pool has 0 in use
# --8<-- [end:begin]

# --8<-- [start:off]
with Session(engine, autobegin=False) as session:
    try:
        session.add(Author(name="Octavia"))
        #> no SQL; raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
        #> prints Autobegin is disabled on this Session; please …
# --8<-- [end:off]
