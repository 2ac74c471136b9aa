"""A begin() block commits at its end."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
find_ursula = select(Author).where(Author.name == "Ursula")
# --8<-- [end:setup]

# --- story
# --8<-- [start:block]
with Session(engine) as session, session.begin():
    author = session.scalars(find_ursula).one()
    #> BEGIN; SELECT author
    author.name = "Ursula K."
#> UPDATE author; COMMIT; session has no transaction
# --8<-- [end:block]

# --8<-- [start:maker]
new_session = sessionmaker(engine)
with new_session.begin() as session:
    session.add(Author(name="Joan"))
#> INSERT author; COMMIT; session has no transaction
# --8<-- [end:maker]
