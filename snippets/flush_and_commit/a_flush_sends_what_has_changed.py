"""A flush sends what has changed by then; others flush for you."""

from snippets.library import Author, Book, Tag
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:insert]
session = Session(engine)
author = Author(name="Ursual")
session.add(author)
author.name = "Ursula"
#> author is pending; no SQL

session.flush()
#> INSERT author; author is persistent
assert session.scalar(select(Author.name)) == "Ursula"
#> SELECT author
# --8<-- [end:insert]

# --8<-- [start:commit]
book = Book(title="The Dispossessed", author=author)
session.add(book)
session.commit()
#> INSERT book; COMMIT; others see 1 row in book
assert book.author_id == author.id
# --8<-- [end:commit]

# --8<-- [start:query]
tag = Tag(name="utopia")
session.add(tag)
assert session.scalar(select(func.count(Tag.id))) == 1
#> INSERT tag; SELECT tag; tag is persistent
#> others see 0 rows in tag
# --8<-- [end:query]

# --8<-- [start:key]
novel = Book(title="Always Coming Home")
session.add(novel)
session.flush()
#> INSERT book; novel is persistent
assert novel.id is not None
assert novel.title == "Always Coming Home"
#> no SQL
# --8<-- [end:key]

# --8<-- [start:undo]
session.rollback()
#> ROLLBACK; tag, novel are transient
#> others see 0 rows in tag; others see 1 row in book
# --8<-- [end:undo]
