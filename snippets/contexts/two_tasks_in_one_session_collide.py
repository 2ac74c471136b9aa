"""Two tasks in one AsyncSession collide, or seem not to."""

from snippets.library import Author, empty_tables, engine
from snippets.library import on_begin, on_connect

# As in the first setup of the page.
import asyncio

from sqlalchemy import NullPool, event, select
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.ext.asyncio import create_async_engine

drivers = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "mariadb": "mariadb+aiomysql",
}
async_engine = create_async_engine(
    engine.url.set(drivername=drivers[engine.dialect.name]),
    poolclass=NullPool,
)
event.listen(async_engine.sync_engine, "connect", on_connect)
event.listen(async_engine.sync_engine, "begin", on_begin)
new_session = async_sessionmaker(
    async_engine, expire_on_commit=False
)

# --8<-- [start:setup]
from sqlalchemy.exc import IllegalStateChangeError
from sqlalchemy.exc import InvalidRequestError

empty_tables()
# --8<-- [end:setup]


# --- story
# --8<-- [start:shared]
async def find(session):
    return await session.scalar(select(Author.name))


async def share():
    async with new_session() as session:
        found, error = await asyncio.gather(
            find(session), find(session), return_exceptions=True
        )
    assert type(error) is InvalidRequestError
    print(error)
    #> prints This session is provisioning a new connection…

    async with new_session() as session:
        found, error = await asyncio.gather(
            find(session), session.close(), return_exceptions=True
        )
    assert type(error) is IllegalStateChangeError
    print(error)
    #> prints Method 'close()' can't be called here…


asyncio.run(share())
# --8<-- [end:shared]


# --8<-- [start:lucky]
async def share_a_connection():
    async with new_session() as session:
        await session.connection()  # one for both
        await asyncio.gather(find(session), find(session))


asyncio.run(share_a_connection())
# --8<-- [end:lucky]
