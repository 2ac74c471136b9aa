"""Autoflush runs before a query, never after add()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
count_authors = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:query]
session = Session(engine)
ursula = Author(name="Ursula")
session.add(ursula)
#> ursula is pending; no SQL
print(session.scalar(count_authors))
#> INSERT author; SELECT author; ursula is persistent; prints 1
session.commit()
#> COMMIT; others see 1 row in author
# --8<-- [end:query]

# --8<-- [start:block]
octavia = Author(name="Octavia")
session.add(octavia)
with session.no_autoflush:
    print(session.scalar(count_authors))
    #> SELECT author; octavia is pending; prints 1
print(session.scalar(count_authors))
#> INSERT author; SELECT author; octavia is persistent; prints 2
session.close()
# --8<-- [end:block]

# --8<-- [start:option]
italo = Author(name="Italo")
session.add(italo)
quietly = count_authors.execution_options(autoflush=False)
print(session.scalar(quietly))
#> SELECT author; italo is pending; prints 1
session.close()
# --8<-- [end:option]
