"""Models that are dataclasses, with slots of their own and a repr that reads."""

from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Mine(MappedAsDataclass, DeclarativeBase):
    pass


class Book(Mine):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    title: Mapped[str] = mapped_column(String(9))


engine = create_engine("sqlite:///dataclasses.db")
Mine.metadata.create_all(engine)
with Session(engine) as session:
    book = Book(title="emma")
    session.add(book)
    session.commit()
    print(book, book == session.get(Book, 1))
