"""passive_deletes leaves children to the ON DELETE."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Chat(DeclarativeBase):
    pass


class File(Chat):
    __tablename__ = "file"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Room(Chat):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    files: Mapped[list[File]] = relationship(
        cascade="all", order_by="File.id"
    )
    posts: Mapped[list["Post"]] = relationship(
        cascade="all, delete-orphan",
        order_by="Post.id",
        passive_deletes=True,
    )


class Post(Chat):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE")
    )


empty_tables(Chat.metadata)
with Session(engine) as session:
    session.add(Room(files=[File(), File()]))
    session.add(Room(posts=[Post(), Post()]))
    session.commit()
by_id = select(Room).order_by(Room.id)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:delete]
session = Session(engine)
with_files, with_posts = session.scalars(by_id)

session.delete(with_files)
#> SELECT file
session.flush()
#> DELETE file; DELETE room

session.delete(with_posts)
#> SELECT file
session.flush()
#> DELETE room

session.commit()
#> COMMIT; others see 0 rows in file; others see 0 rows in post
# --8<-- [end:delete]
