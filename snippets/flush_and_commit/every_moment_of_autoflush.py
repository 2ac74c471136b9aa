"""What triggers autoflush and what does not, in 2.1 and in 2.0."""

from snippets.library import Author, Book, Tag, empty_tables, engine

# --8<-- [start:setup]
import sqlalchemy
from sqlalchemy import insert, inspect, select, text, update
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    ursula = Author(name="Ursula")
    ursula.books.append(Book(title="The Dispossessed"))
    session.add(ursula)
    session.commit()
# --8<-- [end:setup]


# --- story
# --8<-- [start:measure]
def flushes(moment):
    with Session(engine) as session:
        author = session.scalars(select(Author)).one()
        book = session.scalars(select(Book)).one()
        assert book.author_id == author.id
        tag = Tag(name="new")
        session.add(tag)
        moment(session, book)
        return inspect(tag).persistent


# --8<-- [end:measure]


# --8<-- [start:yes]
def read_expired(session, book):
    session.expire(book)
    assert book.title


rename = update(Book).values(title="Rocannon's World")
add_tag = insert(Tag).values(name="utopia")
assert flushes(lambda s, book: s.scalars(select(Book)))
assert flushes(lambda s, book: s.execute(rename))
assert flushes(lambda s, book: s.execute(add_tag))
assert flushes(lambda s, book: s.get(Author, 0))
assert flushes(lambda s, book: book.tags)
assert flushes(read_expired)
assert flushes(lambda s, book: s.refresh(book))
assert flushes(lambda s, book: s.merge(Book(id=book.id)))
# --8<-- [end:yes]

# --8<-- [start:no]
assert not flushes(lambda s, book: s.add(Tag(name="utopia")))
assert not flushes(lambda s, book: setattr(book, "title", "?"))
assert not flushes(lambda s, book: s.delete(book))
assert not flushes(lambda s, book: s.get(Book, book.id))
assert not flushes(lambda s, book: book.author)
# --8<-- [end:no]


# --8<-- [start:core]
def in_a_block(session, book):
    with session.no_autoflush:
        session.execute(plain)


is_21 = not sqlalchemy.__version__.startswith("2.0")
plain = text("SELECT 1")
table = select(Book.__table__)
quiet = plain.execution_options(autoflush=False)
assert flushes(lambda s, book: s.execute(plain)) == is_21
assert flushes(lambda s, book: s.execute(table)) == is_21
assert flushes(lambda s, book: s.execute(quiet)) == is_21
assert not flushes(in_a_block)
assert not flushes(lambda s, book: s.connection().execute(table))
# --8<-- [end:core]
