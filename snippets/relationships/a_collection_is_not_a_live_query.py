"""A loaded collection stays as it is until it expires."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select, text
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    book = Book(title="Solaris")
    session.add_all(
        [Author(name="Stanley", books=[book]), Author(name="Lem")]
    )
    session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:key]
session = Session(engine)
by_name = select(Author).order_by(Author.name.desc())
wrong, right = session.scalars(by_name)
book = wrong.books[0]
assert book.author is wrong

book.author_id = right.id
session.flush()
assert book.author is wrong

session.expire_all()
assert book.author is right
assert wrong.books == []
# --8<-- [end:key]

# --8<-- [start:sql]
assert right.books == [book]
session.execute(text("UPDATE book SET author_id = NULL"))
assert right.books == [book]

session.refresh(right, ["books"])
assert right.books == []
session.close()
# --8<-- [end:sql]
