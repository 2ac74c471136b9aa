"""Three authors with books: the SELECTs of each strategy."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, immediateload, joinedload
from sqlalchemy.orm import lazyload, selectinload, subqueryload


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
by_id = select(Author).order_by(Author.id)


def load(strategy):
    session.expunge_all()
    loaded = by_id.options(strategy(Author.books))
    return session.scalars(loaded).unique().all()


def load_and_read(strategy):
    for author in load(strategy):
        assert len(author.books) == 2


# --8<-- [end:setup]

# --- story
# --8<-- [start:count]
session = Session(engine)
load(lazyload)
#> SELECT author
load_and_read(lazyload)
#> SELECT author; 3 × SELECT book

load(immediateload)
#> SELECT author; 3 × SELECT book
load_and_read(immediateload)
#> SELECT author; 3 × SELECT book

load_and_read(selectinload)
#> SELECT author; SELECT book
load_and_read(subqueryload)
#> 2 × SELECT author
load_and_read(joinedload)
#> SELECT author
session.close()
# --8<-- [end:count]
