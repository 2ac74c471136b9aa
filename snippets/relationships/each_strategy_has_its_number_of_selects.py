"""Three authors with books: the SELECTs of each strategy."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, immediateload, joinedload
from sqlalchemy.orm import lazyload, raiseload, selectinload
from sqlalchemy.orm import subqueryload

empty_tables()
with Session(engine) as session:
    for name in ["Lem", "Octavia", "Ursula"]:
        books = [Book(title=f"{name} {n}") for n in (1, 2)]
        session.add(Author(name=name, books=books))
    session.commit()
by_id = select(Author).order_by(Author.id)
# --8<-- [end:setup]


# --- story
# --8<-- [start:count]
def selects(loader):
    sent()
    with Session(engine) as session:
        loaded = by_id.options(loader(Author.books))
        authors = session.scalars(loaded).unique().all()
        at_once = len(sent()) - 1  # without the BEGIN
        assert all(author.books for author in authors)
        return at_once, len(sent())


assert selects(lazyload) == (1, 3)
assert selects(immediateload) == (4, 0)
assert selects(selectinload) == (2, 0)
assert selects(subqueryload) == (2, 0)
assert selects(joinedload) == (1, 0)
# --8<-- [end:count]

# --8<-- [start:many]
with Session(engine) as session, session.begin():
    for n in range(498):
        session.add(Author(name=f"{n}", books=[Book(title="")]))

assert selects(lazyload) == (1, 501)
assert selects(selectinload) == (3, 0)
assert selects(joinedload) == (1, 0)
# --8<-- [end:many]

# --8<-- [start:unique]
books = select(Book).order_by(Book.id)
joined = by_id.options(joinedload(Author.books))
with Session(engine) as session:
    try:
        session.scalars(joined).all()
    except InvalidRequestError as error:
        refusal = str(error)
        print(refusal)
    assert "unique() method must be invoked" in refusal

    to_one = books.options(joinedload(Book.author))
    assert session.scalars(to_one).all()[0].author.name == "Lem"
# --8<-- [end:unique]

# --8<-- [start:sql]
no_sql = books.options(raiseload(Book.author, sql_only=True))
with Session(engine) as session:
    book = session.scalars(no_sql).first()
    try:
        book.author
    except InvalidRequestError as error:
        refusal = str(error)
        print(refusal)
    assert "lazy='raise_on_sql'" in refusal
    assert session.get(Author, book.author_id) is book.author
# --8<-- [end:sql]
