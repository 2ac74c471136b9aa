"""expire() and refresh() discard what was not flushed yet."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
everyone = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:expire]
session = Session(engine)
author = session.scalars(everyone).one()
author.name = "Zadie"
session.expire(author)
#> author is expired; no SQL
print(author.name)
#> SELECT author; prints Ursula
# --8<-- [end:expire]

# --8<-- [start:expire_name]
author.name = "Zadie"
session.expire(author, ["name"])
#> author.name is expired; no SQL
print(author.name)
#> SELECT author; prints Ursula
# --8<-- [end:expire_name]

# --8<-- [start:refresh]
author.name = "Zadie"
joan = Author(name="Joan")
session.add(joan)
session.refresh(author)
#> INSERT author; SELECT author; joan is persistent
print(author.name)
#> prints Ursula
# --8<-- [end:refresh]

# --8<-- [start:expire_all]
author.name = "Zadie"
alice = Author(name="Alice")
session.add(alice)
session.expire_all()
#> author, joan are expired; alice is pending; no SQL
print(author.name)
#> INSERT author; SELECT author; prints Ursula
# --8<-- [end:expire_all]

# --8<-- [start:flushed]
fresh = everyone.execution_options(populate_existing=True)
author.name = "Zadie"
session.scalars(fresh).all()
#> UPDATE author; SELECT author
print(author.name)
#> no SQL; prints Zadie
session.close()
# --8<-- [end:flushed]
