"""Hybrid properties and an association proxy."""

from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int | None] = mapped_column(ForeignKey("book.id"))
    name: Mapped[str] = mapped_column(String(9))

    def __init__(self, name):
        self.name = name


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    pages: Mapped[int]
    tags: Mapped[list[Tag]] = relationship(order_by=Tag.id)
    tag_names = association_proxy("tags", "name")

    @hybrid_property
    def thick(self):
        return self.pages > 500


engine = create_engine("sqlite:///hybrids.db")
Base.metadata.create_all(engine)
with Session(engine) as session:
    book = Book(pages=600)
    book.tag_names.extend(["long", "old"])
    session.add(book)
    session.commit()
    print(book.thick, list(book.tag_names))
    print(session.scalars(select(Book.id).where(Book.thick)).all())
