"""add() sends nothing, flush() inserts, commit() keeps (SQLite)."""

# --8<-- [start:define]
from sqlalchemy import String, create_engine, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    city: Mapped[str | None] = mapped_column(String(50))
    books: Mapped[int] = mapped_column(default=0)

    def greeting(self):
        return f"Hello, {self.name}"


# --8<-- [end:define]

# --8<-- [start:table]
table = Author.__table__
assert Base.metadata.tables["author"] is table
assert table.c.keys() == ["id", "name", "city", "books"]
assert table.autoincrement_column is table.c.id
assert not table.c.name.nullable and table.c.name.unique
assert table.c.city.nullable
assert table.c.books.server_default is None
# --8<-- [end:table]

# --8<-- [start:create]
engine = create_engine("sqlite:///first.db")
Base.metadata.drop_all(engine)
assert not inspect(engine).has_table("author")

Base.metadata.create_all(engine)
assert inspect(engine).has_table("author")
# --8<-- [end:create]

# --- story
# --8<-- [start:add]
session = Session(engine)
author = Author()
session.add(author)
#> author is pending; no SQL; pool has 0 in use
author.name = "Ursula"

assert author in session.new
assert author.id is None and author.books is None
# --8<-- [end:add]

# --8<-- [start:flush]
session.flush()
#> INSERT author; author is persistent; others see 0 rows in author
key = author.id
assert key is not None and author.books == 0
# --8<-- [end:flush]

# --8<-- [start:commit]
session.commit()
#> COMMIT; others see 1 row in author
session.close()
# --8<-- [end:commit]
