"""A Session is the context of its objects, and it has a scope."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm import scoped_session, sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:session]
session = Session(engine)
author = Author(name="Ursula")
assert object_session(author) is None

session.add(author)
#> author is pending; no SQL
assert object_session(author) is session
session.close()
#> author is transient; no SQL
# --8<-- [end:session]

# --8<-- [start:scope]
new_session = sessionmaker(engine)


def add_author(session):
    session.add(Author(name="Octavia"))


def add_book(session):
    session.add(Book(title="Kindred"))


with new_session.begin() as session:
    add_author(session)
    add_book(session)
#> INSERT author; INSERT book; COMMIT
# --8<-- [end:scope]

# --8<-- [start:block]
with Session(engine) as session:
    session.add(Author(name="Iain"))
    session.flush()
    #> INSERT author
#> ROLLBACK; others see 1 row in author
# --8<-- [end:block]

# --8<-- [start:contextual]
current = scoped_session(new_session)
assert current() is current()
try:
    with current:
        pass
except TypeError as error:
    print(error)
    #> prints 'scoped_session' object does not support the …
with current() as session:
    assert session is current()
current.remove()
# --8<-- [end:contextual]
