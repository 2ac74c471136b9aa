"""One module creates the engine and the sessionmaker."""

from snippets.library import Author, empty_tables, url

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:module]
# db.py
engine = create_engine(url)
new_session = sessionmaker(engine)

# every other module: from db import new_session
with new_session.begin() as session:
    session.add(Author(name="Toni"))
#> INSERT author; COMMIT
# --8<-- [end:module]
