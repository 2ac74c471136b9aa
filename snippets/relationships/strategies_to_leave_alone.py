"""noload hides rows that exist; "lazy" is no strategy's name."""

# differs on sqlalchemy-2.0: noload() gives no warning
from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
import warnings

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, noload, relationship
from sqlalchemy.orm.exc import LoaderStrategyException

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Lem", books=[Book(title="Solaris")]))
    session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:noload]
with warnings.catch_warnings(action="always"):
    hidden = select(Author).options(noload(Author.books))

session = Session(engine)
assert session.scalars(hidden).one().books == []
#> SELECT author
session.close()
# --8<-- [end:noload]


# --8<-- [start:lazy]
class Zoo(DeclarativeBase):
    pass


class Cage(Zoo):
    __tablename__ = "cage"
    id: Mapped[int] = mapped_column(primary_key=True)
    animals: Mapped[list["Animal"]] = relationship(lazy="lazy")


class Animal(Zoo):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    cage_id: Mapped[int] = mapped_column(ForeignKey("cage.id"))


try:
    Cage()
    #> raises LoaderStrategyException
except LoaderStrategyException as error:
    print(error)
    assert "Can't find strategy" in str(error)
# --8<-- [end:lazy]
