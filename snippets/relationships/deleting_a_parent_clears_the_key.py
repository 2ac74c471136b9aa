"""Deleting a parent sets its children's key to NULL, by default."""

from snippets.library import Author, Book, Profile
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    lem = Author(name="Lem", books=[Book(title="Eden")])
    ursula = Author(name="Ursula", profile=Profile(text="Portland"))
    session.add_all([lem, ursula])
    session.commit()
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:nullable]
session = Session(engine)
lem, ursula = session.scalars(select(Author).order_by(Author.name))
eden = lem.books[0]

session.delete(lem)
session.flush()
assert sent()[-2:] == ["UPDATE book", "DELETE author"]
assert eden.author_id is None
# --8<-- [end:nullable]

# --8<-- [start:required]
session.delete(ursula)
try:
    session.flush()
except IntegrityError as error:
    failed = error.statement
    print(error)
assert "UPDATE profile SET author_id" in failed
session.rollback()
session.close()
# --8<-- [end:required]
