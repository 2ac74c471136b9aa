"""A deleted book stays in the loaded list of its author."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    author = Author(name="Ursula")
    author.books = [Book(title="Malafrena"), Book(title="Lavinia")]
    session.add(author)
# --8<-- [end:setup]

# --- story
# --8<-- [start:child]
session = Session(engine, expire_on_commit=False)
author = session.scalars(select(Author)).one()
book = author.books[0]
session.delete(book)
session.commit()
#> others see 1 row in book
print([one.title for one in author.books])
#> no SQL; prints ['Malafrena', 'Lavinia']
# --8<-- [end:child]

# --8<-- [start:refused]
try:
    session.add(author)
    #> raises InvalidRequestError
except InvalidRequestError as error:
    print(error)

session.expire(author, ["books"])
print([one.title for one in author.books])
#> SELECT book; prints ['Lavinia']
session.close()
# --8<-- [end:refused]
