"""Three ways to load, with an await, what you will read."""

import asyncio

from sqlalchemy import select

from snippets.async_library import new_session
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, String
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship
from sqlalchemy.orm import selectinload


class AsyncBase(AsyncAttrs, DeclarativeBase):
    pass


class Poet(AsyncBase):
    __tablename__ = "poet"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    poems: Mapped[list["Poem"]] = relationship(order_by="Poem.id")


class Poem(AsyncBase):
    __tablename__ = "poem"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    poet_id: Mapped[int] = mapped_column(ForeignKey("poet.id"))


empty_tables(AsyncBase.metadata)
with Session(engine) as session, session.begin():
    poem = Poem(title="Wild Geese")
    session.add(Poet(name="Mary", poems=[poem]))
    del poem
# --8<-- [end:setup]


# --- story
# --8<-- [start:eager]
async def load_at_once():
    with_poems = select(Poet).options(selectinload(Poet.poems))
    async with new_session() as session:
        poet = await session.scalar(with_poems)
        #> SELECT poet; SELECT poem; poet.poems is loaded
    return poet


poet = asyncio.run(load_at_once())
print(poet.poems[0].title)
#> prints Wild Geese
# --8<-- [end:eager]


# --8<-- [start:later]
async def load_later():
    async with new_session() as session:
        mary = await session.scalar(select(Poet))
        #> SELECT poet; mary.poems is not loaded
        poems = await mary.awaitable_attrs.poems
        #> SELECT poem; mary.poems is loaded
        assert mary.poems is poems


asyncio.run(load_later())
# --8<-- [end:later]


# --8<-- [start:run_sync]
def first_title(session):
    poet = session.scalar(select(Poet))
    #> SELECT poet
    return poet.poems[0].title
    #> SELECT poem


async def call_ordinary_code():
    async with new_session() as session:
        print(await session.run_sync(first_title))
        #> SELECT poet; SELECT poem; prints Wild Geese


asyncio.run(call_ordinary_code())
# --8<-- [end:run_sync]
