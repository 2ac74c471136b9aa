"""A Session notes what you change and sends it as one."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:add]
session = Session(engine)
book = Book(title="Planet of Exile")
author = Author(name="Ursula", books=[book])
assert author not in session

session.add(author)
assert author in session.new
assert book in session.new
assert sent() == []

session.commit()
assert sent() == ["BEGIN", "INSERT author", "INSERT book", "COMMIT"]
# --8<-- [end:add]

# --8<-- [start:change]
print(book.title)
assert sent() == ["BEGIN", "SELECT book"]

book.title = "City of Illusion"
book.title = "City of Illusions"
assert book in session.dirty
assert sent() == []

session.commit()
assert sent() == ["UPDATE book", "COMMIT"]
# --8<-- [end:change]

# --8<-- [start:many]
assert not session.in_transaction()
print(author.name)
assert session.in_transaction()
assert sent() == ["BEGIN", "SELECT author"]

session.commit()
assert not session.in_transaction()
assert sent() == ["COMMIT"]
session.close()
# --8<-- [end:many]
