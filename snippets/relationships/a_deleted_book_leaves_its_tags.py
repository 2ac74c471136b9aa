"""Many-to-many: delete() removes association rows, not tags."""

from snippets.library import Book, Tag, book_tag
from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:tags]
assert len(book_tag.foreign_keys) == 2
assert "tag_id" not in Book.__table__.columns

links = select(func.count(book_tag.c.tag_id))
old, space = Tag(name="old"), Tag(name="space")
book = Book(title="Solaris", tags=[old, space])
with Session(engine) as session:
    session.add(book)
    session.flush()
    assert session.scalar(links) == 2

    sent()
    book.tags.remove(old)
    session.flush()
    assert sent() == ["DELETE book_tag"]

    session.delete(book)
    session.flush()
    assert sent() == ["DELETE book_tag", "DELETE book"]
    assert session.scalar(links) == 0
    assert space in session and old in session
# --8<-- [end:tags]
