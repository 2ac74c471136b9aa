"""A query flushes an object that is not complete yet, and fails."""

# differs on postgresql, mariadb: a key is not given
#   again, though its INSERT was rolled back
from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
find_author = select(Author).where(Author.name == "Ursula")
# --8<-- [end:setup]

# --- story
# --8<-- [start:early]
session = Session(engine)
book = Book()
session.add(book)
try:
    book.author = session.scalars(find_author).one()
    #> INSERT book; ROLLBACK; raises IntegrityError
    book.title = "The Dispossessed"
except IntegrityError as error:
    print(str(error).splitlines()[0])
    #> prints (raised as a result of Query-invoked autoflush; …
# --8<-- [end:early]

# --8<-- [start:order]
session.rollback()
author = session.scalars(find_author).one()
book = Book(title="The Dispossessed", author=author)
session.add(book)
session.flush()
#> INSERT book; book is persistent
# --8<-- [end:order]

# --8<-- [start:block]
session.rollback()
book = Book()
session.add(book)
with session.no_autoflush:
    book.author = session.scalars(find_author).one()
    #> SELECT author; book is pending
    book.title = "The Dispossessed"
session.flush()
#> INSERT book; book is persistent
session.close()
# --8<-- [end:block]
