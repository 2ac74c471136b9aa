"""A row needs its values, and a table (SQLite)."""

from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


# The class and the tables of flush_inserts_and_commit_keeps.py;
# a page quotes the two messages.
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

# --- story
# --8<-- [start:no_name]
from sqlalchemy.exc import IntegrityError

with Session(engine) as session:
    session.add(Author(city="Portland"))
    try:
        session.commit()
        #> INSERT author; ROLLBACK; raises IntegrityError
    except IntegrityError as error:
        session.rollback()
        print(error.orig)
        #> prints NOT NULL constraint failed: author.name
# --8<-- [end:no_name]

# --8<-- [start:no_table]
from sqlalchemy.exc import OperationalError

with Session(create_engine("sqlite://")) as session:
    try:
        session.get(Author, 1)
    except OperationalError as error:
        print(error.orig)
        #> prints no such table: author
# --8<-- [end:no_table]
