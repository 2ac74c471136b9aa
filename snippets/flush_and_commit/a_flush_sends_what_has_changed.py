"""A flush sends what has changed by then; commit() flushes too."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:insert]
session = Session(engine)
author = Author(name="Ursual")
session.add(author)
author.name = "Ursula"
session.add(Book(title="The Dispossessed", author=author))
#> author is pending; no SQL

session.commit()
#> INSERT author; INSERT book; COMMIT; author is expired
# --8<-- [end:insert]

# --8<-- [start:key]
novel = Book(title="Always Coming Home")
session.add(novel)
session.flush()
#> INSERT book; novel is persistent; novel.id is loaded
link = f"/books/{novel.id}"
#> no SQL
# --8<-- [end:key]

# --8<-- [start:computed]
novel.title = func.upper(Book.title)
session.flush()
#> UPDATE book; novel.title is expired
print(novel.title)
#> SELECT book; prints ALWAYS COMING HOME
# --8<-- [end:computed]

# --8<-- [start:undo]
session.rollback()
#> ROLLBACK; novel is transient; others see 1 row in book
# --8<-- [end:undo]
