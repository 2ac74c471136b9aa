"""Each task opens an AsyncSession of its own."""

from snippets.library import Author, empty_tables, engine
from snippets.library import on_begin, on_connect

# As in the first setup of the page.
import asyncio

from sqlalchemy import NullPool, event
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
empty_tables()
# --8<-- [end:setup]


# --- story
# --8<-- [start:apart]
async def add_author(name, first=None):
    async with new_session.begin() as session:
        author = Author(name=name)
        session.add(author)
        if first:
            await first
        #> author is pending
    #> INSERT author; COMMIT


async def one_each():
    async with asyncio.TaskGroup() as tasks:
        ursula = tasks.create_task(add_author("Ursula"))
        tasks.create_task(add_author("Octavia", first=ursula))
    #> others see 2 author


asyncio.run(one_each())
# --8<-- [end:apart]
