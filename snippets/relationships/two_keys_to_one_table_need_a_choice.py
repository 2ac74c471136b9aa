"""foreign_keys chooses between two keys to one table."""

# --8<-- [start:setup]
import warnings

from sqlalchemy import ForeignKey
from sqlalchemy.exc import AmbiguousForeignKeysError, SAWarning
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
except AmbiguousForeignKeysError as error:
    refusal = str(error)
    print(refusal)
assert "multiple foreign key paths" in refusal
# --8<-- [end:ambiguous]

# --8<-- [start:conflict]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", SAWarning)
    flight = map_flights(
        relationship(foreign_keys=key),
        relationship(foreign_keys=key),
    )
assert "conflicts with relationship" in str(caught[0].message)
assert flight.origin.departures == []
# --8<-- [end:conflict]

# --8<-- [start:linked]
flight = map_flights(
    relationship(foreign_keys=key, back_populates="origin"),
    relationship(foreign_keys=key, back_populates="departures"),
)
assert flight.origin.departures == [flight]
# --8<-- [end:linked]
