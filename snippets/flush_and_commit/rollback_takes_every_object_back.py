"""rollback() takes every object back to where it was before."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
in_order = select(Author).order_by(Author.name)
with Session(engine) as session, session.begin():
    for name in "Octavia", "Toni", "Ursula":
        session.add(Author(name=name))
# --8<-- [end:setup]

# --- story
# --8<-- [start:before]
session = Session(engine)
octavia, toni, ursula = session.scalars(in_order).all()
ursula.name = "Ursula K."
session.delete(octavia)
joan = Author(name="Joan")
session.add(joan)
session.flush()
#> SELECT book; SELECT profile
#> UPDATE author; INSERT author; DELETE author
#> octavia is deleted; toni, ursula, joan are persistent
alice = Author(name="Alice")
session.add(alice)
#> alice is pending; others see 3 rows in author
# --8<-- [end:before]

old_id = joan.id

# --8<-- [start:rollback]
session.rollback()
#> ROLLBACK; others see 3 rows in author
#> octavia, toni, ursula are persistent; joan, alice are transient
# --8<-- [end:rollback]

# --8<-- [start:loaded]
print(ursula.name)
#> SELECT author; octavia, toni are expired; prints Ursula
print(octavia.name)
#> SELECT author; octavia is persistent; prints Octavia
# --8<-- [end:loaded]

# --8<-- [start:new]
print(joan.name, joan.id == old_id, alice.name)
#> no SQL; prints Joan True Alice
session.add(joan)
session.flush()
#> INSERT author; joan is persistent
print(joan.id == old_id)
#> no SQL; prints True
session.close()
# --8<-- [end:new]
