"""An object that is read after its Session must not be expired."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:lost]
with Session(engine) as session, session.begin():
    author = Author(name="Ursula")
    session.add(author)
#> INSERT author; COMMIT; author is detached; author is expired
try:
    print(author.name)
    #> no SQL; raises DetachedInstanceError
except DetachedInstanceError as error:
    print(error)
    #> prints Instance <Author at 0x…
# --8<-- [end:lost]

# --8<-- [start:copied]
with Session(engine) as session, session.begin():
    author = session.get(Author, 1)
    name = author.name
print(name)
#> no SQL; prints Ursula
# --8<-- [end:copied]

# --8<-- [start:kept]
with Session(engine, expire_on_commit=False) as session:
    author = Author(name="Octavia")
    session.add(author)
    session.commit()
#> author is detached; author.name is loaded
print(author.name)
#> no SQL; prints Octavia
# --8<-- [end:kept]
