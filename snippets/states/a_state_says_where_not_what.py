"""A state says where an object belongs, not what it holds."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm import make_transient_to_detached

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:conditions]
session = Session(engine)
author = session.scalars(select(Author)).one()
author.name = "Ursula K."
#> author is persistent; author is modified
session.commit()
#> author is persistent; author is expired
session.close()
#> author is detached; author is expired
# --8<-- [end:conditions]

# --8<-- [start:row_gone]
session.add(author)
with Session(engine) as other, other.begin():
    other.execute(delete(Author))
print(session.scalar(select(func.count(Author.id))))
#> author is persistent; prints 0
session.close()
#> author is detached
# --8<-- [end:row_gone]

# --8<-- [start:never_a_row]
nobody = Author(id=7, name="Nobody")
make_transient_to_detached(nobody)
#> nobody is detached; no SQL
session.add(nobody)
#> nobody is persistent; no SQL; others see 0 rows in author
session.close()
# --8<-- [end:never_a_row]
