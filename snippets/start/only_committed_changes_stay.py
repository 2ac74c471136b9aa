"""What is committed stays; what is not, is gone (SQLite)."""

from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


# The class and the tables of flush_inserts_and_commit_keeps.py,
# which stands before this story on its page.
class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    city: Mapped[str | None] = mapped_column(String(50))


engine = create_engine("sqlite:///first.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))

# --- story
# --8<-- [start:read]
from sqlalchemy import select

with Session(engine) as session:
    by_name = select(Author).where(Author.name == "Ursula")
    author = session.scalars(by_name).one()
    #> SELECT author
    print(author.name, author.city)
    #> no SQL; prints Ursula None
    print(session.get(Author, 1) is author)
    #> no SQL; prints True
# --8<-- [end:read]

# --8<-- [start:update]
with Session(engine) as session:
    author = session.get(Author, 1)
    #> SELECT author
    author.city = "Portland"
    #> author.city is modified; no SQL
    session.commit()
    #> UPDATE author; COMMIT
# --8<-- [end:update]

# --8<-- [start:delete]
with Session(engine) as session:
    author = session.get(Author, 1)
    #> SELECT author
    print(author.city)
    #> prints Portland
    session.delete(author)
    #> author is persistent; no SQL
    session.commit()
    #> DELETE author; COMMIT; others see 0 rows in author
# --8<-- [end:delete]

# --8<-- [start:forget]
with Session(engine) as session:
    session.add(Author(name="Octavia"))
    print(session.scalars(select(Author.name)).all())
    #> INSERT author; SELECT author; prints ['Octavia']
#> ROLLBACK

with Session(engine) as session:
    print(session.scalars(select(Author.name)).all())
    #> SELECT author; prints []
# --8<-- [end:forget]
