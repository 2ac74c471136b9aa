"""merge() copies the attributes that are set, lists included."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    lavinia = Book(id=1, title="Lavinia")
    session.add(Author(id=1, name="Ursula", books=[lavinia]))
# --8<-- [end:setup]

# --- story
# --8<-- [start:set]
session = Session(engine)
author = session.merge(Author(id=1, name="Octavia"))
#> SELECT author; author is modified
session.commit()
#> UPDATE author; COMMIT
# --8<-- [end:set]

# --8<-- [start:list]
author = session.merge(Author(id=1, books=[]))
#> SELECT author; SELECT book
session.commit()
#> UPDATE book; COMMIT
# --8<-- [end:list]

# --8<-- [start:new]
toni = session.merge(Author(id=2, name="Toni"))
#> SELECT author; toni is pending
session.commit()
#> INSERT author; COMMIT
session.close()
# --8<-- [end:new]
