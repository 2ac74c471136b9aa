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


def rename(name):
    with Session(engine) as writer, writer.begin():
        writer.get(Author, 1).name = name


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
rename("Ursula K. Le Guin")
print(reader.scalar(select(Author.name)))
#> SELECT author; prints Ursula K. Le Guin
found = reader.scalars(select(Author)).one()
#> SELECT author; author.name keeps its value
print(found.name)
#> no SQL; prints Ursula
# --8<-- [end:stale]

# --8<-- [start:overwrite]
fresh = select(Author).execution_options(populate_existing=True)
found = reader.scalars(fresh).one()
#> SELECT author; author.name changes

reader.commit()
rename("U. K. Le Guin")
reader.refresh(author)
#> SELECT author; author.name changes
print(author.name)
#> no SQL; prints U. K. Le Guin
reader.close()
# --8<-- [end:overwrite]
