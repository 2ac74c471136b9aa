"""A flush sends the DELETE of an object, and a commit ends it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, make_transient

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:delete]
session = Session(engine)
author = session.scalars(select(Author)).one()
session.delete(author)
#> author is persistent; no SQL
session.flush()
#> SELECT book; SELECT profile; DELETE author
#> author is deleted; others see 1 row in author
session.rollback()
#> author is persistent; ROLLBACK
# --8<-- [end:delete]

# --8<-- [start:commit]
session.delete(author)
session.commit()
#> author is detached; others see 0 rows in author
print(author.name)
#> no SQL; prints Ursula
# --8<-- [end:commit]

# --8<-- [start:again]
make_transient(author)
#> author is transient; no SQL
session.add(author)
session.commit()
#> INSERT author; COMMIT; others see 1 row in author
session.close()
# --8<-- [end:again]
