"""One object passes through five states, a call for each step."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:transient]
session = Session(engine)
author = Author(name="Ursula")
#> author is transient; no SQL
state = inspect(author)
assert state.transient and not state.has_identity
assert author not in session
# --8<-- [end:transient]

# --8<-- [start:pending]
session.add(author)
#> author is pending; no SQL
assert author in session and author in session.new
# --8<-- [end:pending]

# --8<-- [start:persistent]
session.flush()
#> INSERT author; author is persistent; others see 0 rows in author
assert author in session and state.has_identity

session.commit()
#> COMMIT; author is persistent; others see 1 row in author
# --8<-- [end:persistent]

# --8<-- [start:deleted]
session.delete(author)
#> author is persistent; others see 1 row in author
assert author in session.deleted

session.flush()
#> SELECT author; SELECT book; SELECT profile; DELETE author
#> author is deleted; others see 1 row in author
assert author not in session and state.has_identity

session.expunge_all()
#> author is deleted; no SQL
assert state.session is session
# --8<-- [end:deleted]

# --8<-- [start:detached]
session.commit()
#> COMMIT; author is detached; others see 0 rows in author
assert state.session is None and state.has_identity
session.close()
# --8<-- [end:detached]
