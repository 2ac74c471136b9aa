"""save-update carries add() along relationships, no values."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:add]
author = Author(name="Octavia")
kindred = Book(title="Kindred", author=author)
dawn = Book(title="Dawn", author=author)

session = Session(engine)
session.add(kindred)
#> kindred, author, dawn are pending; no SQL

session.flush()
fledgling = Book(title="Fledgling")
author.books.append(fledgling)
#> fledgling is pending; no SQL

session.flush()
#> INSERT book
author.name = "Octavia E. Butler"
session.flush()
#> UPDATE author
session.close()
# --8<-- [end:add]
