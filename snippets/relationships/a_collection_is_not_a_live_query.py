"""A loaded collection stays as it is until it expires."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, text
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Stanley", books=[Book(title="Eden")]))
    session.add(Author(name="Lem"))
    session.commit()
by_name = select(Author).order_by(Author.name.desc())
# --8<-- [end:setup]

# --- story
# --8<-- [start:key]
session = Session(engine)
wrong, right = session.scalars(by_name)
book = wrong.books[0]
assert book.author is wrong

book.author_id = right.id
session.flush()
#> UPDATE book; book.author is loaded
assert book.author is wrong

session.expire_all()
#> no SQL; book.author is expired
assert book.author is right
#> SELECT book; SELECT author
assert wrong.books == []
# --8<-- [end:key]

# --8<-- [start:sql]
assert right.books == [book]
#> SELECT book
session.execute(text("UPDATE book SET author_id = NULL"))
#> UPDATE book; right.books is loaded
assert right.books == [book]
#> no SQL

session.refresh(right, ["books"])
#> SELECT author; SELECT book
assert right.books == []
session.close()
# --8<-- [end:sql]
