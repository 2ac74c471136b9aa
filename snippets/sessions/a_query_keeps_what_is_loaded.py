"""A query returns the object it has, with the values it has."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
    connection.execute(
        insert(Book).values(id=1, title="Malafrena", author_id=1)
    )
# --8<-- [end:setup]

# --- story
# --8<-- [start:saves]
reader = Session(engine, expire_on_commit=False)
author = reader.get(Author, 1)
#> SELECT author
book = reader.scalars(select(Book)).one()
#> SELECT book; book.author is not loaded

assert reader.get(Author, 1) is author
#> no SQL
assert book.author is author
#> no SQL; book.author is loaded

assert reader.scalars(select(Author)).one() is author
#> SELECT author
# --8<-- [end:saves]

# --8<-- [start:stale]
reader.commit()
with Session(engine) as writer, writer.begin():
    writer.get(Author, 1).name = "Ursula K. Le Guin"
#> UPDATE author; COMMIT

assert reader.scalar(select(Author.name)) == "Ursula K. Le Guin"
#> SELECT author
assert reader.scalars(select(Author)).one() is author
#> SELECT author
print(author.name)
#> no SQL; prints Ursula
# --8<-- [end:stale]

# --8<-- [start:overwrite]
fresh = select(Author).execution_options(populate_existing=True)
assert reader.scalars(fresh).one() is author
#> SELECT author
print(author.name)
#> no SQL; prints Ursula K. Le Guin
# --8<-- [end:overwrite]

# --8<-- [start:others]
reader.refresh(author)
#> SELECT author; author.name is loaded

reader.expire(author)
#> no SQL; author.name is expired
print(author.name)
#> SELECT author; prints Ursula K. Le Guin
reader.close()
# --8<-- [end:others]
