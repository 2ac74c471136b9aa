"""Deleting a parent sets its children's key to NULL, by default."""

from snippets.library import Author, Book, Profile
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Lem", books=[Book(title="Eden")]))
    session.add(
        Profile(text="Oregon", author=Author(name="Ursula"))
    )
    session.commit()
by_name = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:delete]
session = Session(engine)
lem, ursula = session.scalars(by_name)
eden = lem.books[0]

session.delete(lem)
session.flush()
#> SELECT profile; UPDATE book; DELETE author
#> lem is deleted; eden is persistent
assert eden.author_id is None

session.delete(ursula)
try:
    session.flush()
    #> SELECT book; SELECT profile; UPDATE profile; ROLLBACK
    #> raises IntegrityError
except IntegrityError as error:
    print(error.orig)
session.close()
# --8<-- [end:delete]
