"""A loop over lazy collections sends one SELECT per parent."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, raiseload, selectinload

empty_tables()
with Session(engine) as session:
    for name in ["Lem", "Octavia", "Ursula"]:
        books = [Book(title=f"{name} {n}") for n in (1, 2)]
        session.add(Author(name=name, books=books))
    session.commit()
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:lazy]
authors = select(Author).order_by(Author.name)

with Session(engine) as session:
    for author in session.scalars(authors):
        assert len(author.books) == 2
    assert sent() == [
        "BEGIN",
        "SELECT author",
        "SELECT book",
        "SELECT book",
        "SELECT book",
    ]
# --8<-- [end:lazy]

# --8<-- [start:selectin]
sent()
with Session(engine) as session:
    with_books = authors.options(selectinload(Author.books))
    for author in session.scalars(with_books):
        assert len(author.books) == 2
    assert sent() == ["BEGIN", "SELECT author", "SELECT book"]
# --8<-- [end:selectin]

# --8<-- [start:parents]
sent()
with Session(engine) as session:
    for book in session.scalars(select(Book).order_by(Book.id)):
        assert book.author.name in book.title
    assert sent()[2:] == 3 * ["SELECT author"]
# --8<-- [end:parents]

# --8<-- [start:raise]
with Session(engine) as session:
    guarded = authors.options(raiseload(Author.books))
    author = session.scalars(guarded).first()
    try:
        author.books
    except InvalidRequestError as error:
        refusal = str(error)
        print(refusal)
    assert "is not available due to lazy" in refusal
# --8<-- [end:raise]
