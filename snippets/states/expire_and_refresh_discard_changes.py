"""expire() and refresh() discard what was not flushed yet."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:expire]
session = Session(engine)
author = session.scalars(select(Author)).one()
sent()
author.name = "Zadie"
session.expire(author)
assert author.name == "Ursula"
assert sent() == ["SELECT author"]

author.name = "Zadie"
session.expire(author, ["name"])
assert author.name == "Ursula"
assert sent() == ["SELECT author"]
# --8<-- [end:expire]

# --8<-- [start:refresh]
author.name = "Zadie"
session.add(Author(name="Joan"))
session.refresh(author)
assert author.name == "Ursula"
assert sent() == ["INSERT author", "SELECT author"]
# --8<-- [end:refresh]

# --8<-- [start:expire_all]
author.name = "Zadie"
alice = Author(name="Alice")
session.add(alice)
session.expire_all()
assert inspect(author).expired
assert inspect(alice).pending
assert author.name == "Ursula"
# --8<-- [end:expire_all]

# --8<-- [start:flush_first]
author.name = "Zadie"
session.flush()
session.refresh(author)
assert author.name == "Zadie"
# --8<-- [end:flush_first]

# --8<-- [start:populate_existing]
sent()
author.name = "Zora"
everyone = select(Author).order_by(Author.name)
fresh = everyone.execution_options(populate_existing=True)
assert author in session.scalars(fresh).all()
assert author.name == "Zora"
assert sent() == ["UPDATE author", "SELECT author"]
session.close()
# --8<-- [end:populate_existing]
