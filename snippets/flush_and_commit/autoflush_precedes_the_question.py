"""Autoflush runs before a query, never after add()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
how_many = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:query]
session = Session(engine)
ursula = Author(name="Ursula")
session.add(ursula)
#> ursula is pending; no SQL
assert session.scalar(how_many) == 1
#> INSERT author; SELECT author; ursula is persistent
# --8<-- [end:query]

# --8<-- [start:block]
octavia = Author(name="Octavia")
session.add(octavia)
with session.no_autoflush:
    assert session.scalar(how_many) == 1
    #> SELECT author; octavia is pending
assert session.scalar(how_many) == 2
#> INSERT author; SELECT author; octavia is persistent
# --8<-- [end:block]

# --8<-- [start:option]
italo = Author(name="Italo")
session.add(italo)
quietly = how_many.execution_options(autoflush=False)
assert session.scalar(quietly) == 2
#> SELECT author; italo is pending
assert session.scalar(how_many) == 3
#> INSERT author; SELECT author; italo is persistent
session.close()
# --8<-- [end:option]
