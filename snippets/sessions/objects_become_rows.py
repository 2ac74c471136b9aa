"""Add, get, change and delete objects; the commit writes rows."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:create]
with Session(engine) as session, session.begin():
    author = Author(name="Ursula")
    author.books.append(Book(title="Malafrena"))
    session.add(author)
    #> no SQL; author is pending
    session.flush()
    #> INSERT author; INSERT book; others see 0 rows in author
    author_id = author.id
    #> no SQL
#> COMMIT; others see 1 row in author
# --8<-- [end:create]

# --8<-- [start:read]
with Session(engine) as session:
    author = session.get(Author, author_id)
    #> SELECT author
    print(author.name)
    #> no SQL; prints Ursula

    by_title = select(Book).where(Book.title == "Malafrena")
    book = session.scalars(by_title).one()
    #> SELECT book
    book_id = book.id
# --8<-- [end:read]

# --8<-- [start:update]
with Session(engine) as session, session.begin():
    author = session.get(Author, author_id)
    author.name = "Ursula K. Le Guin"
    #> no SQL; author is modified
#> UPDATE author; COMMIT
# --8<-- [end:update]

# --8<-- [start:delete]
with Session(engine) as session, session.begin():
    book = session.get(Book, book_id)
    session.delete(book)
    #> no SQL; others see 1 row in book
#> SELECT tag; DELETE book; COMMIT
#> others see 0 rows in book
# --8<-- [end:delete]
