"""A JOIN repeats the author for each book: unique() says so."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, joinedload

empty_tables()
with Session(engine) as session:
    session.add(
        Author(
            name="Lem",
            books=[Book(title="Eden"), Book(title="Solaris")],
        )
    )
    session.commit()
authors = select(Author).order_by(Author.id)
books = select(Book).order_by(Book.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:unique]
session = Session(engine)
joined = authors.options(joinedload(Author.books))
try:
    session.scalars(joined).all()
    #> SELECT author; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
    #> prints The unique() method must be invoked on this Result, …

author = session.scalars(joined).unique().one()
#> SELECT author; author.books is loaded
eden, solaris = session.scalars(
    books.options(joinedload(Book.author))
)
#> SELECT book; eden.author is loaded
session.close()
# --8<-- [end:unique]
