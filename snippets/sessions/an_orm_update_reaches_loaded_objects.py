"""An ORM update() changes loaded objects; raw SQL leaves them."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    books = [Book(title="Malafrena"), Book(title="Lavinia")]
    session.add(Author(name="Ursula", books=books))
session = Session(engine)
author = session.get(Author, 1)
# --8<-- [end:setup]

# --- story
# --8<-- [start:raw]
in_sql = text("UPDATE author SET name = :name")
session.execute(in_sql, {"name": "Le Guin"})
#> UPDATE author
print(author.name)
#> no SQL; prints Ursula
session.refresh(author)
#> SELECT author
print(author.name)
#> no SQL; prints Le Guin
# --8<-- [end:raw]

# --8<-- [start:orm]
rename = update(Author).where(Author.id == 1)
rename = rename.values(name="Ursula K.")
session.execute(rename)
#> UPDATE author; author.name changes
print(author.name)
#> no SQL; prints Ursula K.
# --8<-- [end:orm]

# --8<-- [start:core]
table = Author.__table__
in_core = update(table).where(table.c.id == 1)
in_core = in_core.values(name="U. K. Le Guin")
session.execute(in_core)
#> UPDATE author; author.name keeps its value
# --8<-- [end:core]

# --8<-- [start:delete]
first, second = author.books
remove = delete(Book).where(Book.author_id == 1)
print(session.execute(remove).rowcount)
#> DELETE book; first is not in session; prints 2
print(len(author.books))
#> no SQL; prints 2
session.close()
# --8<-- [end:delete]
