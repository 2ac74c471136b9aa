"""Each fact of a #> line is checked against the recording."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:write]
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
#> author is pending; no SQL

session.flush()
#> INSERT author; author is persistent; others see 0 rows in author
#> pool has 1 in use

session.commit()
#> COMMIT; author is expired; others see 1 row in author
#> pool has 0 in use
# --8<-- [end:write]

# --8<-- [start:read]
print(author.name)
#> SELECT author; author.name is loaded; prints Ursula

author.name = "Ursula K. Le Guin"
#> author.name is modified; no SQL

session.close()
#> ROLLBACK; author is detached
# --8<-- [end:read]
