"""Without relationship(), the parent must be flushed first."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Room(Base):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)


class Chair(Base):
    __tablename__ = "chair"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))


empty_tables(Base.metadata)
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:fails]
session.add_all([Room(id=1), Chair(id=1, room_id=1)])
try:
    session.flush()
    #> sends INSERT; raises IntegrityError
except IntegrityError:
    session.rollback()
session.close()
# --8<-- [end:fails]
