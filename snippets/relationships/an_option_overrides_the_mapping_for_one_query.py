"""The mapping sets the default strategy, an option one query's."""

from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, DynamicMapped, Mapped
from sqlalchemy.orm import Query, Session, WriteOnlyMapped
from sqlalchemy.orm import lazyload, mapped_column
from sqlalchemy.orm import relationship, selectinload


class Forum(DeclarativeBase):
    pass


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Topic(Forum):
    __tablename__ = "topic"
    id: Mapped[int] = mapped_column(primary_key=True)
    replies: Mapped[list["Reply"]] = relationship(lazy="selectin")
    flags: Mapped[list["Flag"]] = relationship(lazy="raise")
    visits: WriteOnlyMapped["Visit"] = relationship()
    likes: DynamicMapped["Like"] = relationship()


class Part:
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))


class Reply(Part, Forum):
    __tablename__ = "reply"


class Flag(Part, Forum):
    __tablename__ = "flag"


class Visit(Part, Forum):
    __tablename__ = "visit"


class Like(Part, Forum):
    __tablename__ = "topic_like"


empty_tables(Forum.metadata)
with Session(engine) as session:
    session.add(Topic(replies=[Reply()], visits=[Visit(), Visit()]))
    session.commit()
sent()
# --8<-- [end:mapping]

# --- story
# --8<-- [start:default]
session = Session(engine)
topics = select(Topic).order_by(Topic.id)
topic = session.scalars(topics).one()
assert sent() == ["BEGIN", "SELECT topic", "SELECT reply"]
session.close()

sent()
session.scalars(topics.options(lazyload(Topic.replies))).one()
assert sent() == ["BEGIN", "SELECT topic"]
session.close()
# --8<-- [end:default]

# --8<-- [start:raise]
topic = session.scalars(topics).one()
try:
    topic.flags
except InvalidRequestError as error:
    refusal = str(error)
    print(refusal)
assert "lazy='raise'" in refusal
session.close()

with_flags = topics.options(selectinload(Topic.flags))
topic = session.scalars(with_flags).one()
assert topic.flags == []
# --8<-- [end:raise]

# --8<-- [start:write]
sent()
topic.visits.add(Visit())
session.flush()
assert sent() == ["INSERT visit"]
newest = topic.visits.select().order_by(Visit.id.desc()).limit(2)
assert len(session.scalars(newest).all()) == 2

assert isinstance(topic.likes, Query)
session.close()
# --8<-- [end:write]
