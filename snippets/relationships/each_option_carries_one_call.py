"""Each cascade option carries one call from parent to child."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Travel(DeclarativeBase):
    pass


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


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Trip(Travel):
    __tablename__ = "trip"
    id: Mapped[int] = mapped_column(primary_key=True)
    notes: Mapped[list[Note]] = relationship()
    photos: Mapped[list[Photo]] = relationship(cascade="all")


empty_tables(Travel.metadata)

default = Trip.notes.property.cascade
everything = Trip.photos.property.cascade
more = {"refresh-expire", "expunge", "delete"}
assert default == {"save-update", "merge"}
assert everything == default | more
# --8<-- [end:mapping]

# --- story
# --8<-- [start:calls]
original = Trip(notes=[Note()], photos=[Photo()])
session = Session(engine)
trip = session.merge(original)
#> trip is pending; original is transient

note, photo = trip.notes[0], trip.photos[0]
assert note in session and original.notes[0] not in session
session.flush()
#> INSERT trip; INSERT note; INSERT photo
session.expire(trip)
#> trip, photo are expired; note.id is loaded

assert photo in trip.photos and note in trip.notes
session.refresh(trip)
#> SELECT trip; photo is expired; note.id is loaded

assert photo in trip.photos and note in trip.notes
session.expunge(trip)
#> trip, photo are detached; note is persistent

session.add(trip)
#> trip, photo are persistent; no SQL
session.delete(trip)
session.flush()
#> UPDATE note; DELETE photo; DELETE trip
#> trip, photo are deleted; note is persistent
assert note.trip_id is None
session.close()
# --8<-- [end:calls]
