"""A flush sends UPDATEs in the order of primary keys."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
first = Author(id=1, name="Ursula")
second = Author(id=2, name="Octavia")
session.add_all([first, second])
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:fails]
second.name = "Toni"
first.name = "Octavia"
try:
    session.flush()
    #> sends UPDATE; raises IntegrityError
except IntegrityError:
    session.rollback()
# --8<-- [end:fails]

# --8<-- [start:works]
second.name = "Toni"
session.flush()
first.name = "Octavia"
session.flush()
#> sends UPDATE; raises nothing
# --8<-- [end:works]

# --8<-- [start:swap]
first.name = "temporary"
session.flush()
second.name = "Octavia"
session.flush()
first.name = "Toni"
session.commit()
#> UPDATE author; COMMIT; others see "Toni", "Octavia" in author
# --8<-- [end:swap]
session.close()
