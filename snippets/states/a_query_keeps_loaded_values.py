"""A query keeps loaded values until you expire or refresh them."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, text
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
everyone = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:stale]
session = Session(engine)
author = session.scalars(everyone).one()
session.execute(text("UPDATE author SET name = 'Octavia'"))
author = session.scalars(everyone).one()
#> SELECT author
print(author.name)
#> no SQL; prints Ursula
# --8<-- [end:stale]

# --8<-- [start:expire]
session.expire(author)
#> author is expired; no SQL
print(author.name)
#> SELECT author; prints Octavia
# --8<-- [end:expire]

# --8<-- [start:refresh]
session.execute(text("UPDATE author SET name = 'Toni'"))
session.refresh(author)
#> SELECT author
print(author.name)
#> no SQL; prints Toni
# --8<-- [end:refresh]

# --8<-- [start:populate_existing]
session.execute(text("UPDATE author SET name = 'Joan'"))
fresh = everyone.execution_options(populate_existing=True)
author = session.scalars(fresh).one()
#> SELECT author
print(author.name)
#> no SQL; prints Joan
# --8<-- [end:populate_existing]

# --8<-- [start:parts]
session.expire(author, ["name"])
#> author.name is expired; author.id is loaded; no SQL
session.refresh(author, ["books"])
#> SELECT author; SELECT book; author.books is loaded
session.refresh(author)
#> SELECT author; author.books is expired
session.close()
# --8<-- [end:parts]
