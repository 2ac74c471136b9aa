"""passive_deletes leaves children to the ON DELETE."""

from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Chat(DeclarativeBase):
    pass


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Room(Chat):
    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    files: Mapped[list["File"]] = relationship(cascade="all")
    posts: Mapped[list["Post"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )


class File(Chat):
    __tablename__ = "file"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))


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
sent()
# --8<-- [end:mapping]

# --- story
# --8<-- [start:session]
session = Session(engine)
with_files, with_posts = session.scalars(
    select(Room).order_by(Room.id)
)
sent()
session.delete(with_files)
session.flush()
assert sent() == ["SELECT file", "DELETE file", "DELETE room"]
# --8<-- [end:session]

# --8<-- [start:database]
session.delete(with_posts)
session.flush()
assert sent() == ["SELECT file", "DELETE room"]
assert session.scalar(select(func.count(Post.id))) == 0
session.close()
# --8<-- [end:database]
