"""A DELETE statement changes the state of loaded objects, too."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

empty_tables()
in_order = select(Author).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add_all([Author(name="Toni"), Author(name="Ursula")])
# --8<-- [end:setup]

# --- story
# --8<-- [start:statement]
with Session(engine) as session, session.begin():
    toni, ursula = session.scalars(in_order).all()
    condition = Author.name == "Toni"
    session.execute(delete(Author).where(condition))
    #> DELETE author; toni is deleted; ursula is persistent
# --8<-- [end:statement]
