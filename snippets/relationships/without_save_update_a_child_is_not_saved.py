"""Without save-update a child is not saved; flush() warns."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
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
assert relationship(cascade="").cascade == set()

session = Session(engine)
car, wheel = Car(), Wheel()
session.add(car)
car.wheels.append(wheel)
#> car is pending; wheel is transient
session.commit()
#> INSERT car; COMMIT; warns SAWarning; wheel is transient
assert car.wheels == []
session.close()
# --8<-- [end:none]
