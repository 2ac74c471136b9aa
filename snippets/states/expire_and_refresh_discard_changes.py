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
assert author.name == "Ursula"
#> SELECT author

author.name = "Zadie"
session.expire(author, ["name"])
#> author.name is expired; no SQL
assert author.name == "Ursula"
#> SELECT author
# --8<-- [end:expire]

# --8<-- [start:refresh]
author.name = "Zadie"
joan = Author(name="Joan")
session.add(joan)
session.refresh(author)
#> INSERT author; SELECT author; joan is persistent
assert author.name == "Ursula"
# --8<-- [end:refresh]

# --8<-- [start:expire_all]
author.name = "Zadie"
alice = Author(name="Alice")
session.add(alice)
session.expire_all()
#> author, joan are expired; alice is pending; no SQL
assert author.name == "Ursula"
#> INSERT author; SELECT author; alice is persistent
session.close()
# --8<-- [end:expire_all]
