"""A #> line can also count, name a warning or an error."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()


def add_author(name, title):
    with Session(engine) as session:
        session.add(Author(name=name, books=[Book(title=title)]))
        session.commit()


add_author("Octavia", "Kindred")
add_author("Ursula", "A Wizard of Earthsea")
# --8<-- [end:setup]

# --- story
# --8<-- [start:block]
with Session(engine) as session:
    by_name = select(Author).order_by(Author.name)
    octavia, ursula = session.scalars(by_name).all()
    #> SELECT author; octavia.books is not loaded

    print(len(octavia.books), len(ursula.books))
    #> 2 × SELECT book; prints 1 1

    lost = Book(title="Fledgling", author=octavia)
    session.flush()
    #> lost is transient; no SQL; warns SAWarning
#> ROLLBACK; octavia, ursula are detached
# --8<-- [end:block]

# --8<-- [start:failure]
try:
    print(octavia.profile)
    #> raises DetachedInstanceError; no SQL
except DetachedInstanceError as error:
    print(error)
    #> prints Parent instance …
# --8<-- [end:failure]
