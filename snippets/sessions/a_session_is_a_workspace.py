"""A Session notes what you change and sends it as one."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:add]
session = Session(engine)
book = Book(title="Planet of Exile")
author = Author(name="Ursula", books=[book])
#> author, book are transient

session.add(author)
#> author, book are pending; no SQL

session.commit()
#> BEGIN; INSERT author; INSERT book; COMMIT
#> author, book are persistent; others see 1 row in book
# --8<-- [end:add]

# --8<-- [start:change]
print(book.title)
#> BEGIN; SELECT book; prints Planet of Exile

book.title = "City of Illusion"
book.title = "City of Illusions"
#> book.title is modified; no SQL
assert book in session.dirty

session.commit()
#> UPDATE book; COMMIT
# --8<-- [end:change]

# --8<-- [start:many]
assert not session.in_transaction()
print(author.name)
#> BEGIN; SELECT author; prints Ursula
assert session.in_transaction()

session.commit()
#> COMMIT
assert not session.in_transaction()
session.close()
# --8<-- [end:many]
