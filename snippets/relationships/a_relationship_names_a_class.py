"""A class that relationship() names must exist."""

# --8<-- [start:setup]
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.orm import mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    books = relationship("Bok")  # the class is called Book


# --8<-- [end:setup]

# --- story
# --8<-- [start:name]
try:
    Author()
    #> raises InvalidRequestError
except InvalidRequestError as error:
    print(str(error).partition(". ")[0].partition(", ")[2])
    #> prints expression 'Bok' failed to locate a name ('Bok')
# --8<-- [end:name]
