"""Without save-update a child is not saved; flush() warns."""

from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
import warnings

from sqlalchemy import ForeignKey
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Garage(DeclarativeBase):
    pass


class Wheel(Garage):
    __tablename__ = "wheel"
    id: Mapped[int] = mapped_column(primary_key=True)
    car_id: Mapped[int | None] = mapped_column(ForeignKey("car.id"))


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Car(Garage):
    __tablename__ = "car"
    id: Mapped[int] = mapped_column(primary_key=True)
    wheels: Mapped[list[Wheel]] = relationship(cascade="none")


empty_tables(Garage.metadata)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:none]
assert Car.wheels.property.cascade == set()

car, wheel = Car(), Wheel()
with Session(engine) as session:
    session.add(car)
    car.wheels.append(wheel)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SAWarning)
        session.commit()
    assert sent() == ["BEGIN", "INSERT car", "COMMIT"]
    assert car.wheels == []

print(caught[0].message)
assert "<Wheel> not in session" in str(caught[0].message)
# --8<-- [end:none]
