"""A list adds its new child; child.parent = … does not."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:assign]
session = Session(engine)
author = session.scalars(select(Author)).one()

appended = Book(title="The Dispossessed")
author.books.append(appended)
#> SELECT book; appended is pending

assigned = Book(title="The Word for World Is Forest")
assigned.author = author
#> no SQL; assigned is transient
assert author.books == [appended, assigned]

session.flush()
#> INSERT book; warns SAWarning; assigned is transient

session.add(assigned)
newcomer = Author(name="Vonda")
session.add(Book(title="Dreamsnake", author=newcomer))
#> assigned, newcomer are pending

session.commit()
#> INSERT author; INSERT book; COMMIT; others see 3 rows in book
session.close()
# --8<-- [end:assign]
