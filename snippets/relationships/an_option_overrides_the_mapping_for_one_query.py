"""The mapping sets the default strategy, an option one query's."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, DynamicMapped, Mapped
from sqlalchemy.orm import Query, Session, WriteOnlyMapped
from sqlalchemy.orm import lazyload, mapped_column
from sqlalchemy.orm import relationship, selectinload


class Forum(DeclarativeBase):
    pass


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


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Topic(Forum):
    __tablename__ = "topic"
    id: Mapped[int] = mapped_column(primary_key=True)
    replies: Mapped[list[Reply]] = relationship(lazy="selectin")
    flags: Mapped[list[Flag]] = relationship(lazy="raise")
    visits: WriteOnlyMapped[Visit] = relationship()
    likes: DynamicMapped[Like] = relationship()


empty_tables(Forum.metadata)
with Session(engine) as session:
    session.add(Topic(replies=[Reply()], visits=[Visit(), Visit()]))
    session.commit()
topics = select(Topic).order_by(Topic.id)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:default]
session = Session(engine)
topic = session.scalars(topics).one()
#> SELECT topic; SELECT reply; topic.replies is loaded
try:
    topic.flags
    #> raises InvalidRequestError; no SQL
except InvalidRequestError as error:
    print(error)
    #> prints 'Topic.flags' is not available due to lazy='raise'
session.close()

topic = session.scalars(
    topics.options(
        lazyload(Topic.replies), selectinload(Topic.flags)
    )
).one()
#> SELECT topic; SELECT flag
#> topic.replies is not loaded; topic.flags is loaded
# --8<-- [end:default]

# --8<-- [start:write]
topic.visits.add(Visit())
session.flush()
#> INSERT visit
newest = topic.visits.select().order_by(Visit.id.desc()).limit(2)
assert len(session.scalars(newest).all()) == 2
#> SELECT visit

assert isinstance(topic.likes, Query)
session.close()
# --8<-- [end:write]
