"""One Session over two databases, and one that shards."""

from sqlalchemy import create_engine, select
from sqlalchemy.ext.horizontal_shard import ShardedSession
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Left(Base):
    __tablename__ = "left_side"
    id: Mapped[int] = mapped_column(primary_key=True)


class Right(Base):
    __tablename__ = "right_side"
    id: Mapped[int] = mapped_column(primary_key=True)


engines = {name: create_engine(f"sqlite:///{name}.db") for name in ("one", "two")}
for engine in engines.values():
    Base.metadata.create_all(engine)
with Session(binds={Left: engines["one"], Right: engines["two"]}) as session:
    session.add_all([Left(), Right()])
    session.commit()
    print(session.scalars(select(Right.id)).all())
with ShardedSession(
    shards=engines,
    shard_chooser=lambda mapper, thing, clause=None: "two" if thing and thing.id > 10 else "one",
    identity_chooser=lambda mapper, key, **more: list(engines),
    execute_chooser=lambda context: list(engines),
) as session:
    session.add_all([Left(id=9), Left(id=11)])
    session.commit()
    print(sorted(left.id for left in session.scalars(select(Left))))
