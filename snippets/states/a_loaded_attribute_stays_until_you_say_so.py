"""A loaded attribute stays until you expire or refresh it."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, text
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
fresh = select(Author).execution_options(populate_existing=True)
# --8<-- [end:setup]

# --- story
# --8<-- [start:stale]
session = Session(engine)
author = session.scalars(select(Author)).one()
session.execute(text("UPDATE author SET name = 'Octavia'"))
assert session.scalar(select(Author.name)) == "Octavia"
#> SELECT author

assert session.scalars(select(Author)).one() is author
#> SELECT author
assert author.name == "Ursula"
#> no SQL
# --8<-- [end:stale]

# --8<-- [start:expire]
session.expire(author)
#> author is expired; no SQL
assert author in session
assert author.name == "Octavia"
#> SELECT author; author.name is loaded
# --8<-- [end:expire]

# --8<-- [start:one_attribute]
session.expire(author, ["name"])
#> author.name is expired; author.id is loaded
assert author.id
#> no SQL
assert author.name == "Octavia"
#> SELECT author
# --8<-- [end:one_attribute]

# --8<-- [start:refresh]
session.refresh(author)
#> SELECT author
session.refresh(author, ["books"])
#> SELECT author; SELECT book; author.books is loaded
# --8<-- [end:refresh]

# --8<-- [start:populate_existing]
session.execute(text("UPDATE author SET name = 'Toni'"))
assert session.scalars(fresh).one() is author
#> SELECT author; author.books is not loaded
assert author.name == "Toni"
#> no SQL
session.close()
# --8<-- [end:populate_existing]
