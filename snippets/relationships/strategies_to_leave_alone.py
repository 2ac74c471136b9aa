"""noload hides rows that exist; "lazy" is no strategy's name."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
import warnings

import sqlalchemy
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import SADeprecationWarning
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
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", SADeprecationWarning)
    hidden = select(Author).options(noload(Author.books))
is_2_0 = sqlalchemy.__version__.startswith("2.0")
assert len(caught) == (0 if is_2_0 else 1)

with Session(engine) as session:
    assert session.scalars(hidden).one().books == []
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
except LoaderStrategyException as error:
    refusal = str(error)
    print(refusal)
assert "Can't find strategy" in refusal
# --8<-- [end:lazy]
