"""What is committed stays; what is not, is gone (SQLite)."""

from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


# The class and the row of flush_inserts_and_commit_keeps.py,
# which stands before this story on its page.
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


engine = create_engine("sqlite:///first.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)


def add_author(name):
    with Session(engine) as session:
        author = Author(name=name)
        session.add(author)
        session.commit()
        return author.id


key = add_author("Ursula")

# --- story
# --8<-- [start:read]
from sqlalchemy import select

with Session(engine) as session:
    by_name = select(Author).where(Author.name == "Ursula")
    author = session.scalars(by_name).one()
    #> SELECT author
    print(author.greeting())
    #> prints Hello, Ursula
    assert session.get(Author, key) is author
    #> no SQL
# --8<-- [end:read]

# --8<-- [start:update]
with Session(engine) as session:
    author = session.get(Author, key)
    author.city = "Portland"
    #> author.city is modified; no SQL
    session.commit()
    #> UPDATE author; COMMIT
# --8<-- [end:update]

# --8<-- [start:forget]
with Session(engine) as session:
    author = session.get(Author, key)
    assert author.city == "Portland"
    author.city = "Berkeley"
#> ROLLBACK
# --8<-- [end:forget]

# --8<-- [start:delete]
with Session(engine) as session:
    author = session.get(Author, key)
    assert author.city == "Portland"
    session.delete(author)
    #> author is persistent; no SQL
    assert author in session.deleted
    session.commit()
    #> DELETE author; COMMIT; others see 0 rows in author
# --8<-- [end:delete]
