"""Each cascade option carries one call from parent to child."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, inspect, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Travel(DeclarativeBase):
    pass


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Trip(Travel):
    __tablename__ = "trip"
    id: Mapped[int] = mapped_column(primary_key=True)
    notes: Mapped[list["Note"]] = relationship()
    photos: Mapped[list["Photo"]] = relationship(cascade="all")


class Note(Travel):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    trip_id: Mapped[int | None] = mapped_column(
        ForeignKey("trip.id")
    )


class Photo(Travel):
    __tablename__ = "photo"
    id: Mapped[int] = mapped_column(primary_key=True)
    trip_id: Mapped[int | None] = mapped_column(
        ForeignKey("trip.id")
    )


empty_tables(Travel.metadata)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:sets]
default = Trip.notes.property.cascade
everything = Trip.photos.property.cascade

assert default == {"save-update", "merge"}
assert everything - default == {
    "refresh-expire",
    "expunge",
    "delete",
}
# --8<-- [end:sets]

# --8<-- [start:merge]
note, photo = Note(), Photo()
trip = Trip(notes=[note], photos=[photo])

session = Session(engine)
copy = session.merge(trip)
assert copy.notes[0] in session and copy.photos[0] in session
assert note not in session and photo not in session
session.commit()
# --8<-- [end:merge]

# --8<-- [start:expire]
trip, note, photo = copy, copy.notes[0], copy.photos[0]
for call in session.expire, session.refresh:
    assert trip.photos == [photo] and photo.id and note.id
    call(trip)
    assert inspect(photo).expired
    assert not inspect(note).expired
# --8<-- [end:expire]

# --8<-- [start:expunge]
assert photo in trip.photos and note in trip.notes
session.expunge(trip)
assert note in session
assert photo not in session
# --8<-- [end:expunge]

# --8<-- [start:delete]
trip = session.scalars(select(Trip)).one()
photo, note = trip.photos[0], trip.notes[0]
session.delete(trip)
session.flush()
assert inspect(photo).deleted
assert inspect(note).persistent
assert note.trip_id is None
session.close()
# --8<-- [end:delete]
