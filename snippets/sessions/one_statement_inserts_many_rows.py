"""Three ways to insert a list of rows."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:objects]
authors = [Author(name="Ursula"), Author(name="Octavia")]
session.add_all(authors)
session.flush()
#> INSERT author
print(len(session.identity_map))
#> prints 2
# --8<-- [end:objects]

# --8<-- [start:rows]
rows = [{"name": "Toni"}, {"name": "Italo"}]
session.execute(insert(Author), rows)
#> INSERT author
print(len(session.identity_map))
#> prints 2
# --8<-- [end:rows]

# --8<-- [start:returning]
returning = insert(Author).returning(Author)
more = [{"name": "Joan"}, {"name": "Alice"}]
authors += session.scalars(returning, more).all()
#> INSERT author
print(len(session.identity_map))
#> prints 4
session.commit()
#> COMMIT; others see 6 rows in author
session.close()
# --8<-- [end:returning]
