"""In AUTOCOMMIT, others see a flushed row, and it stays."""

from snippets.library import Author, empty_tables, url

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:autocommit]
autocommit_engine = create_engine(url, isolation_level="AUTOCOMMIT")
session = Session(autocommit_engine)
session.add(Author(name="Ursula"))
session.flush()
#> INSERT author; others see 1 row in author
session.rollback()
#> others see 1 row in author
# --8<-- [end:autocommit]
