"""Each call expects a state and leads to another."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
in_order = select(Author).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:query]
session = Session(engine)
octavia = Author(name="Octavia")
session.add(octavia)
#> octavia is pending; no SQL
authors = session.scalars(in_order).all()
#> INSERT author; SELECT author; octavia is persistent
ursula = authors[1]
#> ursula is persistent
# --8<-- [end:query]

# --8<-- [start:rollback]
session.delete(ursula)
session.flush()
#> ursula is deleted
session.rollback()
#> ROLLBACK; ursula is persistent; octavia is transient
# --8<-- [end:rollback]

# --8<-- [start:leave]
session.add(octavia)
#> octavia is pending
session.expunge(octavia)
#> octavia is transient

session.expunge(ursula)
#> ursula is detached
session.add(ursula)
#> ursula is persistent; no SQL
session.close()
#> ursula is detached
# --8<-- [end:leave]
