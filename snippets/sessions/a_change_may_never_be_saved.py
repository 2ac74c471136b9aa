"""Changes that raise nothing and never reach a row."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
with Session(engine) as session:
    session.add(Author(name="Octavia"))
    session.flush()
    #> INSERT author
#> ROLLBACK
# --8<-- [end:commit]

# --8<-- [start:detached]
with Session(engine) as session:
    author = session.get(Author, 1)
author.name = "Ursula K. Le Guin"
#> author is detached

with Session(engine) as session, session.begin():
    print(session.get(Author, 1).name)
    #> prints Ursula
# --8<-- [end:detached]

# --8<-- [start:typo]
with Session(engine) as session, session.begin():
    author = session.get(Author, 1)
    author.nmae = "Ursula K. Le Guin"
    #> no SQL; raises nothing
#> COMMIT
# --8<-- [end:typo]
