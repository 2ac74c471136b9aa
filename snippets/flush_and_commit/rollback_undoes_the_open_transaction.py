"""rollback() undoes the open transaction and nothing before it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import ResourceClosedError
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:after_commit]
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
session.commit()
#> INSERT author; COMMIT; others see 1 row in author
session.rollback()
#> no SQL; author is persistent; others see 1 row in author

begun = session.begin()
begun.commit()
try:
    begun.rollback()
    #> raises ResourceClosedError
except ResourceClosedError as error:
    print(error)
    #> prints This transaction is closed
session.close()
# --8<-- [end:after_commit]

# --8<-- [start:no_expire_on_commit]
session = Session(engine, expire_on_commit=False)
author = session.scalars(select(Author)).one()
session.rollback()
#> ROLLBACK; author is expired

session.refresh(author)
session.commit()
#> COMMIT; author.name is loaded
session.rollback()
#> no SQL; author.name is loaded
session.close()
# --8<-- [end:no_expire_on_commit]

# --8<-- [start:expunge_all]
session = Session(engine)
octavia = Author(name="Octavia")
session.add(octavia)
session.flush()
#> INSERT author; octavia is persistent; others see 1 row in author
session.expunge_all()
#> no SQL; octavia is detached
session.commit()
#> COMMIT; others see 2 rows in author
# --8<-- [end:expunge_all]
