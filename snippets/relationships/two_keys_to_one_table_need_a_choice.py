"""foreign_keys chooses between two keys to one table."""

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.exc import AmbiguousForeignKeysError
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.orm import mapped_column, relationship


# --8<-- [end:setup]
# --8<-- [start:mapping]
def map_flights(one_side, many_side):
    class Route(DeclarativeBase):
        pass

    class Airport(Route):
        __tablename__ = "airport"
        id: Mapped[int] = mapped_column(primary_key=True)
        departures: Mapped[list["Flight"]] = one_side

    class Flight(Route):
        __tablename__ = "flight"
        id: Mapped[int] = mapped_column(primary_key=True)
        from_id: Mapped[int] = mapped_column(
            ForeignKey("airport.id")
        )
        to_id: Mapped[int] = mapped_column(ForeignKey("airport.id"))
        origin: Mapped[Airport] = many_side

    return Flight(origin=Airport())


key = "Flight.from_id"
# --8<-- [end:mapping]

# --- story
# --8<-- [start:ambiguous]
try:
    map_flights(relationship(), relationship(foreign_keys=key))
    #> raises AmbiguousForeignKeysError
except AmbiguousForeignKeysError as error:
    print(error)
    assert "multiple foreign key paths" in str(error)

one = relationship(foreign_keys=key)
many = relationship(foreign_keys=key)
flight = map_flights(one, many)
#> warns SAWarning
assert flight.origin.departures == []

one = relationship(foreign_keys=key, back_populates="origin")
many = relationship(foreign_keys=key, back_populates="departures")
flight = map_flights(one, many)
assert flight.origin.departures == [flight]
flight.origin.departures.remove(flight)
assert flight.origin is None
# --8<-- [end:ambiguous]
