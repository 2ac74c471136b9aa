"""A Session holds one transaction after another, until close()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
jorge = select(Author).where(Author.name == "Jorge")
# --8<-- [end:setup]

# --- story
# --8<-- [start:many]
session = Session(engine)
for name in "Clarice", "Jorge":
    author = Author(name=name)
    session.add(author)
    #> no SQL; pool has 0 in use
    session.commit()
    #> BEGIN; INSERT author; COMMIT; author is persistent
# --8<-- [end:many]

# --8<-- [start:close]
author = session.scalars(jorge).one()
author.name = "Jorge Luis"
session.flush()
#> UPDATE author; pool has 1 in use
session.close()
#> ROLLBACK; author is detached; pool has 0 in use
print(author.name)
#> no SQL; prints Jorge Luis
# --8<-- [end:close]

# --8<-- [start:again]
again = session.scalars(jorge).one()
#> BEGIN; SELECT author; again is persistent
session.reset()
#> ROLLBACK; again is detached
session.scalars(jorge).one()
#> BEGIN; SELECT author
session.close()
# --8<-- [end:again]

# --8<-- [start:final]
final = Session(engine, close_resets_only=False)
found = final.scalars(jorge).one()
final.close()
#> ROLLBACK; found is detached
try:
    final.scalars(jorge).one()
    #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints This Session has been permanently closed and is …
# --8<-- [end:final]
