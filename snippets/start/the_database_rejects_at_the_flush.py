"""What the database rejects, the flush raises (SQLite)."""

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

# --- story
# --8<-- [start:same_name]
from sqlalchemy.exc import IntegrityError

with Session(engine) as session:
    session.add(Author(name="Octavia"))
    session.commit()
    session.add(Author(name="Octavia"))
    #> no SQL
    try:
        session.commit()
        #> INSERT author; raises IntegrityError; ROLLBACK
    except IntegrityError as error:
        print(error.orig)
        #> prints UNIQUE constraint failed: author.name
        session.rollback()
        #> no SQL
# --8<-- [end:same_name]
