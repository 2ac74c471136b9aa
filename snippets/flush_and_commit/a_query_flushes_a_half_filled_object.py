"""A query flushes an object that is not complete yet, and fails."""

# differs on postgresql: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, Book, Tag
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add_all([Author(name="Ursula"), Tag(name="utopia")])
# --8<-- [end:setup]

# --- story
# --8<-- [start:early]
session = Session(engine)
find_author = select(Author).where(Author.name == "Ursula")
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
def new_book(author):
    draft = Book()
    author.books.append(draft)
    return draft


tale = new_book(author)
#> SELECT book; tale is pending
with session.no_autoflush:
    tale.tags = session.scalars(select(Tag)).all()
    #> SELECT tag; tale is pending
    tale.title = "The Lathe of Heaven"
session.flush()
#> INSERT book; INSERT book_tag; tale is persistent
session.close()
# --8<-- [end:block]
