"""update() and delete() change many rows; no object is loaded."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

empty_tables()
titles = "Malafrena", "Lavinia", "Tehanu"
with Session(engine) as session, session.begin():
    books = [Book(title=title) for title in titles]
    session.add(Author(id=1, name="Ursula", books=books))
# --8<-- [end:setup]

# --- story
# --8<-- [start:many]
with Session(engine) as session, session.begin():
    rename = update(Book).where(Book.author_id == 1)
    rename = rename.values(title=Book.title + ", a novel")
    print(session.execute(rename).rowcount)
    #> UPDATE book; prints 3

    remove = delete(Book).where(Book.title.startswith("L"))
    print(session.execute(remove).rowcount)
    #> DELETE book; prints 1
#> COMMIT; others see 2 rows in book
# --8<-- [end:many]
