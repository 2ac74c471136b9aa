"""delete() with a cascade loads the children: it flushes first."""

from snippets.library import Base, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Shelf(Base):
    __tablename__ = "shelf"
    id: Mapped[int] = mapped_column(primary_key=True)
    boxes: Mapped[list["Box"]] = relationship(
        cascade="all, delete-orphan"
    )


class Box(Base):
    __tablename__ = "box"
    id: Mapped[int] = mapped_column(primary_key=True)
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))


empty_tables()
with Session(engine) as session, session.begin():
    session.add(Shelf(id=1, boxes=[Box(id=1)]))
# --8<-- [end:setup]

# --- story
# --8<-- [start:delete]
session = Session(engine)
shelf = session.get(Shelf, 1)
tag = Tag(name="utopia")
session.add(tag)
session.delete(shelf)
#> INSERT tag; SELECT box; tag is persistent
session.close()
# --8<-- [end:delete]
