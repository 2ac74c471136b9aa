"""Three mappings whose cascades SQLAlchemy refuses."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


# --8<-- [end:setup]
# --8<-- [start:mapping]
def map_cups(on_rack, on_cup):
    class Kitchen(DeclarativeBase):
        pass

    class Rack(Kitchen):
        __tablename__ = "rack"
        id: Mapped[int] = mapped_column(primary_key=True)
        cups: Mapped[list["Cup"]] = relationship(
            back_populates="rack", **on_rack
        )

    class Cup(Kitchen):
        __tablename__ = "cup"
        rack_id: Mapped[int] = mapped_column(
            ForeignKey("rack.id"), primary_key=True
        )
        hook: Mapped[int] = mapped_column(primary_key=True)
        rack: Mapped[Rack] = relationship(
            back_populates="cups", **on_cup
        )

    return Rack(id=1, cups=[Cup(hook=1)])


rack = map_cups({}, {})
empty_tables(rack.metadata)
session = Session(engine)
session.add(rack)
session.flush()
# --8<-- [end:mapping]

# --- story
# --8<-- [start:key]
rack.cups.clear()
try:
    session.flush()
    #> ROLLBACK; raises AssertionError
except AssertionError as error:
    print(error)
    #> prints Dependency rule on column 'rack.id' tried to blank …
session.close()

rack = map_cups({"cascade": "all, delete-orphan"}, {})
session.add(rack)
session.flush()
rack.cups.clear()
session.flush()
#> DELETE cup
session.close()
# --8<-- [end:key]

# --8<-- [start:refused]
try:
    map_cups({}, {"cascade": "all, delete-orphan"})
    #> raises ArgumentError
except ArgumentError as error:
    print(error)
    #> prints For many-to-one relationship Cup.rack, delete-orphan …

try:
    map_cups({"cascade": "all", "passive_deletes": "all"}, {})
    #> raises ArgumentError
except ArgumentError as error:
    print(error)
    #> prints On Rack.cups, can't set passive_deletes='all' in …
# --8<-- [end:refused]
