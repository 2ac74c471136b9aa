"""A list adds its new child; child.parent = … does not."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
import warnings

from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError, SAWarning
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:append]
session = Session(engine)
author = session.scalars(select(Author)).one()

appended = Book(title="The Dispossessed")
author.books.append(appended)
assert appended in session
# --8<-- [end:append]

# --8<-- [start:assign]
assigned = Book(title="The Word for World Is Forest")
assigned.author = author
assert assigned in author.books
assert assigned not in session
# --8<-- [end:assign]

# --8<-- [start:warning]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", SAWarning)
    session.flush()
print(caught[0].message)
assert "<Book> not in session" in str(caught[0].message)
assert appended.id and not assigned.id
# --8<-- [end:warning]

# --8<-- [start:upward]
session.add(assigned)
session.commit()
assert author.books == [appended, assigned]

newcomer = Author(name="Vonda")
session.add(Book(title="Dreamsnake", author=newcomer))
assert newcomer in session
# --8<-- [end:upward]

# --8<-- [start:elsewhere]
with Session(engine) as other:
    try:
        other.add(Book(title="Rocannon's World", author=author))
    except InvalidRequestError as error:
        refusal = str(error)
        print(refusal)
    assert "already attached to session" in refusal

with Session(engine) as other:
    other.add(Book(title="Rocannon's World", author_id=author.id))
    other.commit()
session.close()
# --8<-- [end:elsewhere]
