"""A flush inserts parents first and loads their primary keys."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:key]
with Session(engine) as session, session.begin():
    author = Author(name="Octavia")
    novel = Book(title="Kindred", author=author)
    session.add(novel)
    session.flush()
    #> INSERT author; INSERT book; novel.id is loaded
    print(f"/books/{novel.id}")
    #> no SQL; prints /books/1
#> COMMIT; others see 1 row in book
# --8<-- [end:key]
