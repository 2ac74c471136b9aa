"""Save an author, then read the name."""

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite:///traced.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)

# --- story
with Session(engine) as session:
    author = Author(name="Ursula")
    session.add(author)
    session.commit()
    print(author.name)
