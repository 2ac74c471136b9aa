"""Three mappings whose cascades SQLAlchemy refuses."""

from snippets.library import empty_tables, engine, sent

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

    return Rack(cups=[Cup(hook=1)])


rack = map_cups({}, {})
empty_tables(rack.metadata)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:key]
with Session(engine) as session:
    session.add(rack)
    session.flush()
    rack.cups.clear()
    try:
        session.flush()
    except AssertionError as error:
        refusal = str(error)
        print(refusal)
    assert "blank-out primary key" in refusal
# --8<-- [end:key]

# --8<-- [start:mended]
rack = map_cups({"cascade": "all, delete-orphan"}, {})
with Session(engine) as session:
    session.add(rack)
    session.flush()
    sent()
    rack.cups.clear()
    session.flush()
    assert sent() == ["DELETE cup"]
# --8<-- [end:mended]

# --8<-- [start:side]
try:
    map_cups({}, {"cascade": "all, delete-orphan"})
except ArgumentError as error:
    refusal = str(error)
    print(refusal)
assert "many-to-one relationship Cup.rack" in refusal
# --8<-- [end:side]

# --8<-- [start:passive]
try:
    map_cups({"cascade": "all", "passive_deletes": "all"}, {})
except ArgumentError as error:
    refusal = str(error)
    print(refusal)
assert "can't set passive_deletes='all'" in refusal
# --8<-- [end:passive]
