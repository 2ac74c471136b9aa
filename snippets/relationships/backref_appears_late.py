"""backref adds the other side when the mappers configure."""

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.orm import mapped_column, relationship


class Music(DeclarativeBase):
    pass


# --8<-- [end:setup]
# --- story
# --8<-- [start:backref]
class Band(Music):
    __tablename__ = "band"
    id: Mapped[int] = mapped_column(primary_key=True)
    songs: Mapped[list["Song"]] = relationship(backref="band")


class Song(Music):
    __tablename__ = "song"
    id: Mapped[int] = mapped_column(primary_key=True)
    band_id: Mapped[int] = mapped_column(ForeignKey("band.id"))


assert not hasattr(Song, "band")

song = Song()
assert hasattr(Song, "band")
Band(songs=[song])
assert song.band.songs == [song]
# --8<-- [end:backref]
