"""add() sends nothing, flush() inserts, commit() keeps (SQLite)."""

# --8<-- [start:define]
from sqlalchemy import String, create_engine, inspect, select
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
assert table.c.keys() == ["id", "name", "city", "books"]
assert table.autoincrement_column is table.c.id
assert not table.c.name.nullable and table.c.name.unique
assert table.c.city.nullable
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
author.name = "Ursula"

assert author in session.new
assert inspect(author).pending
assert author.id is None and author.books is None
assert engine.pool.checkedout() == 0  # no connection in use
# --8<-- [end:add]

# --8<-- [start:flush]
session.flush()
assert inspect(author).persistent
assert author.id is not None
assert author.books == 0

with Session(engine) as reader:
    assert reader.scalars(select(Author)).all() == []
# --8<-- [end:flush]

# --8<-- [start:commit]
session.commit()
key = author.id
session.close()
# --8<-- [end:commit]

# --8<-- [start:read]
with Session(engine) as session:
    by_name = select(Author).where(Author.name == "Ursula")
    author = session.scalars(by_name).one()
    print(author.greeting())
    assert session.get(Author, key) is author
# --8<-- [end:read]

# --8<-- [start:update]
with Session(engine) as session:
    author = session.get(Author, key)
    author.city = "Portland"
    assert author in session.dirty
    session.commit()
# --8<-- [end:update]

# --8<-- [start:forget]
with Session(engine) as session:
    author = session.get(Author, key)
    author.city = "Berkeley"

with Session(engine) as session:
    assert session.get(Author, key).city == "Portland"
# --8<-- [end:forget]

# --8<-- [start:delete]
with Session(engine) as session:
    author = session.get(Author, key)
    session.delete(author)
    assert author in session.deleted
    session.commit()
    assert session.get(Author, key) is None
# --8<-- [end:delete]
