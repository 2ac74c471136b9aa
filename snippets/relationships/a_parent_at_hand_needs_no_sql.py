"""A parent in the Session needs no SQL; raiseload() guards."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, raiseload


def with_two_books(name):
    books = [Book(title=f"{name} {n}") for n in (1, 2)]
    return Author(name=name, books=books)


empty_tables()
with Session(engine) as session:
    session.add_all(
        with_two_books(name)
        for name in ["Lem", "Octavia", "Ursula"]
    )
    session.commit()
authors = select(Author).order_by(Author.name)
all_books = select(Book).order_by(Book.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:parents]
session = Session(engine)
books = session.scalars(all_books).all()
#> SELECT book
names = [book.author.name for book in books]
#> 3 × SELECT author
assert len(names) == 6
session.close()
# --8<-- [end:parents]

# --8<-- [start:raise]
guarded = authors.options(raiseload(Author.books))
author = session.scalars(guarded).first()
#> SELECT author
try:
    author.books
    #> raises InvalidRequestError; no SQL
except InvalidRequestError as error:
    print(error)
    #> prints 'Author.books' is not available due to lazy='raise'
# --8<-- [end:raise]

# --8<-- [start:sql]
no_sql = all_books.options(raiseload(Book.author, sql_only=True))
known, unknown = session.scalars(no_sql.offset(1).limit(2))
assert known.author is author
#> no SQL
try:
    unknown.author
    #> raises InvalidRequestError; no SQL
except InvalidRequestError as error:
    print(error)
    assert "lazy='raise_on_sql'" in str(error)
session.close()
# --8<-- [end:sql]
