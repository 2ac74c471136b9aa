"""What is flushed survives refresh() and populate_existing."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
everyone = select(Author).order_by(Author.name)
fresh = everyone.execution_options(populate_existing=True)
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush_first]
session = Session(engine)
author = session.scalars(everyone).one()
author.name = "Zadie"
session.flush()
#> UPDATE author
session.refresh(author)
#> SELECT author
assert author.name == "Zadie"
# --8<-- [end:flush_first]

# --8<-- [start:populate_existing]
author.name = "Zora"
assert author in session.scalars(fresh).all()
#> UPDATE author; SELECT author
assert author.name == "Zora"
#> no SQL
session.close()
# --8<-- [end:populate_existing]
