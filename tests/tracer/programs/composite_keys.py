"""Keys of two columns, one of them chosen by the program; and a composite value."""

import dataclasses

from sqlalchemy import String, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, composite, mapped_column


class Base(DeclarativeBase):
    pass


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Place(Base):
    __tablename__ = "place"
    land: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[Point] = composite(mapped_column("x"), mapped_column("y"))


engine = create_engine("sqlite:///places.db")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Place(land="it", number=n, at=Point(n, 2 * n)) for n in range(3)])
    session.commit()
    place = session.get(Place, ("it", 2))
    print(place.at)
    place.at = Point(0, 0)
    session.commit()
    session.delete(place)
    session.commit()
    print(session.scalar(select(func.count()).select_from(Place)))
