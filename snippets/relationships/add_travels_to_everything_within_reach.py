"""save-update carries add() along relationships, no values."""

from snippets.library import Author, Book
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:down]
author = Author(name="Octavia")
kindred = Book(title="Kindred", author=author)
dawn = Book(title="Dawn", author=author)

session = Session(engine)
session.add(kindred)
assert author in session.new
assert dawn in session.new
# --8<-- [end:down]

# --8<-- [start:later]
session.flush()
fledgling = Book(title="Fledgling")
author.books.append(fledgling)
assert fledgling in session.new
# --8<-- [end:later]

# --8<-- [start:values]
session.flush()
sent()
author.name = "Octavia E. Butler"
assert set(session.dirty) == {author}

session.flush()
assert sent() == ["UPDATE author"]
session.close()
# --8<-- [end:values]
