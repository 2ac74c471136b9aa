"""What was not loaded before the Session closed raises."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.exc import DetachedInstanceError

empty_tables()
with Session(engine) as session, session.begin():
    book = Book(title="Kindred")
    session.add(Author(name="Octavia", books=[book]))
    del book
# --8<-- [end:setup]

# --- story
# --8<-- [start:inside]
with Session(engine) as session:
    author = session.scalars(select(Author)).one()
    titles = [book.title for book in author.books]
    #> SELECT book
print(titles)
#> no SQL; prints ['Kindred']
# --8<-- [end:inside]

# --8<-- [start:fix]
with_books = select(Author).options(selectinload(Author.books))
with Session(engine, expire_on_commit=False) as session:
    author = session.scalars(with_books).one()
    #> SELECT author; SELECT book
    session.commit()
print(author.name, len(author.books))
#> author is detached; no SQL; prints Octavia 1
# --8<-- [end:fix]

# --8<-- [start:raised]
with Session(engine) as session:
    octavia = session.scalars(select(Author)).one()
    #> SELECT author; octavia.books is not loaded

print(octavia.name)
#> no SQL; prints Octavia
try:
    octavia.books
except DetachedInstanceError as error:
    print(str(error).partition("; ")[2])
    #> prints lazy load operation of attribute 'books'…
# --8<-- [end:raised]

# --8<-- [start:expired]
with Session(engine) as session, session.begin():
    octavia = session.scalars(with_books).one()
    print(octavia.name, len(octavia.books))
    #> no SQL; prints Octavia 1
#> COMMIT; octavia is detached; octavia is expired

try:
    octavia.name
except DetachedInstanceError as error:
    print(str(error).partition("; ")[2])
    #> prints attribute refresh operation…
try:
    octavia.books
except DetachedInstanceError as error:
    print(str(error).partition("; ")[2])
    #> prints lazy load operation of attribute 'books'…
# --8<-- [end:expired]
