"""After a commit, reading an object loads its row again."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:expired]
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
session.commit()
#> INSERT author; COMMIT; author is expired
with Session(engine) as other, other.begin():
    other.get(Author, 1).name = "Ursula K."
print(author.name)
#> BEGIN; SELECT author; prints Ursula K.
session.close()
# --8<-- [end:expired]

# --8<-- [start:kept]
session = Session(engine, expire_on_commit=False)
author = session.get(Author, 1)
session.commit()
#> COMMIT; author.name is loaded
with Session(engine) as other, other.begin():
    other.get(Author, 1).name = "Le Guin"
session.scalars(select(Author)).one()
#> SELECT author
print(author.name)
#> no SQL; prints Ursula K.
session.refresh(author)
print(author.name)
#> prints Le Guin
session.close()
# --8<-- [end:kept]
