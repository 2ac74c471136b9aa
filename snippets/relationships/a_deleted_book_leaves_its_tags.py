"""Many-to-many: delete() removes association rows, not tags."""

from snippets.library import Book, Tag, book_tag
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:tags]
assert len(book_tag.foreign_keys) == 2
assert "tag_id" not in Book.__table__.columns

session = Session(engine)
old, space = Tag(name="old"), Tag(name="space")
book = Book(title="Solaris", tags=[old, space])
session.add(book)
session.flush()
#> INSERT book; INSERT tag; INSERT book_tag

book.tags.remove(old)
session.flush()
#> DELETE book_tag

session.delete(book)
session.flush()
#> DELETE book_tag; DELETE book
#> book is deleted; old, space are persistent
session.commit()
#> COMMIT; others see 0 rows in book_tag; others see 2 rows in tag
# --8<-- [end:tags]
