"""With autoflush=False, begin_nested() and commit() still flush."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
count_authors = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:off]
session = Session(engine, autoflush=False)
toni = Author(name="Toni")
session.add(toni)
print(session.scalar(count_authors))
#> SELECT author; toni is pending; prints 0

session.begin_nested()
#> INSERT author; toni is persistent

joan = Author(name="Joan")
session.add(joan)
session.commit()
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT; COMMIT
session.close()
# --8<-- [end:off]
