"""merge() copies an object's values to the Session's own object."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
with Session(engine) as session:
    edited = session.scalars(select(Author)).one()
with Session(engine) as session:
    stale = session.scalars(select(Author)).one()
edited.name = "Octavia"
# --8<-- [end:setup]

# --- story
# --8<-- [start:add]
session = Session(engine)
current = session.scalars(select(Author)).one()
try:
    session.add(edited)
    #> no SQL; raises InvalidRequestError; edited is detached
except InvalidRequestError as error:
    print(error)
# --8<-- [end:add]

# --8<-- [start:merge]
merged = session.merge(edited)
#> no SQL; merged is modified; edited is detached
print(merged is current, merged is edited, merged.name)
#> prints True False Octavia
session.commit()
#> UPDATE author; COMMIT

edited.name = "Zadie"
session.commit()
#> no SQL
# --8<-- [end:merge]

# --8<-- [start:stale]
session.merge(stale)
#> SELECT author; merged is modified
session.commit()
#> UPDATE author; COMMIT
print(merged.name)
#> SELECT author; prints Ursula
session.close()
# --8<-- [end:stale]
