"""One object passes through five states, a call for each step."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:added]
session = Session(engine)
author = Author(name="Ursula")
#> author is transient; no SQL
session.add(author)
#> author is pending; no SQL
session.flush()
#> INSERT author; author is persistent; others see 0 rows in author
session.commit()
#> COMMIT; author is persistent; others see 1 row in author
# --8<-- [end:added]

# --8<-- [start:deleted]
session.delete(author)
#> author is persistent; no SQL
session.flush()
#> SELECT author; SELECT book; SELECT profile; DELETE author
#> author is deleted; others see 1 row in author
session.commit()
#> COMMIT; author is detached; others see 0 rows in author
# --8<-- [end:deleted]

# --8<-- [start:inspect]
print(inspect(author).detached, author in session)
#> prints True False
session.close()
# --8<-- [end:inspect]
