"""An object comes back from every state it gets into."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:pending]
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
#> author is pending; no SQL
session.expunge(author)
#> author is transient; no SQL
# --8<-- [end:pending]

# --8<-- [start:persistent]
session.add(author)
session.flush()
#> INSERT author; author is persistent
session.rollback()
#> ROLLBACK; author is transient
# --8<-- [end:persistent]

# --8<-- [start:detached]
session.add(author)
session.commit()
#> INSERT author; COMMIT; author is persistent
session.close()
#> author is detached; no SQL
session.add(author)
#> author is persistent; no SQL
# --8<-- [end:detached]

# --8<-- [start:deleted]
session.delete(author)
session.flush()
#> author is deleted
session.rollback()
#> ROLLBACK; author is persistent
session.close()
# --8<-- [end:deleted]
