"""A deleted row comes back, before the commit and after it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session, make_transient

empty_tables()
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:deleted]
session.delete(author)
session.flush()
#> SELECT author; SELECT book; SELECT profile; DELETE author
#> author is deleted; others see 1 row in author
session.rollback()
#> ROLLBACK; author is persistent
# --8<-- [end:deleted]

# --8<-- [start:gone]
session.delete(author)
session.commit()
#> author is detached; others see 0 rows in author
make_transient(author)
#> author is transient; no SQL
session.add(author)
session.commit()
#> INSERT author; COMMIT; others see 1 row in author
session.close()
# --8<-- [end:gone]
