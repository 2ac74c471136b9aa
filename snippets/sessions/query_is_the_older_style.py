"""session.query() finds the same objects as select()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:query]
old = session.query(Author).filter_by(name="Ursula").one()
#> SELECT author
by_name = select(Author).filter_by(name="Ursula")
assert session.scalars(by_name).one() is old
#> SELECT author
assert session.query(Author).get(1) is old
#> no SQL; warns LegacyAPIWarning
session.close()
# --8<-- [end:query]
