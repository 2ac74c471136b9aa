"""add() refuses a child whose parent is in another Session."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:elsewhere]
session, other = Session(engine), Session(engine)
author = session.get(Author, 1)
book = Book(title="Rocannon's World", author=author)
try:
    other.add(book)
    #> raises InvalidRequestError; book is pending
except InvalidRequestError as error:
    print(error)
    assert "already attached to session" in str(error)
other.rollback()
#> no SQL; book is transient

book = Book(title="Rocannon's World", author_id=author.id)
other.add(book)
assert book.author is None
#> no SQL; book is pending
other.flush()
#> INSERT book
assert book.author.name == "Ursula"
#> SELECT author
other.commit()
#> COMMIT; others see 1 row in book
session.close()
# --8<-- [end:elsewhere]
