"""A Session holds one transaction after another, until close()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
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
    session.flush()
    #> BEGIN; INSERT author; pool has 1 in use
    session.commit()
    #> COMMIT; author is persistent; pool has 0 in use
# --8<-- [end:many]

# --8<-- [start:close]
author = session.scalars(jorge).one()
author.name = "Jorge Luis"
session.flush()
#> UPDATE author
session.close()
#> ROLLBACK; author is detached; pool has 0 in use

again = session.scalars(jorge).one()
#> BEGIN; SELECT author; again is persistent
assert again is not author
session.reset()
#> ROLLBACK; again is detached
assert session.scalars(jorge).one() is not again
#> BEGIN; SELECT author
session.close()
# --8<-- [end:close]
