"""async_scoped_session keeps an AsyncSession for each task."""

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
from sqlalchemy.ext.asyncio import async_object_session
from sqlalchemy.ext.asyncio import async_scoped_session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:registry]
registry = async_scoped_session(
    new_session, scopefunc=asyncio.current_task
)


async def add_author(name):
    author = Author(name=name)
    registry.add(author)  # the same as registry().add(author)
    await registry.flush()
    #> INSERT author; author is persistent
    return author


async def handle_a_request():
    mine = registry()
    author = await add_author("Ursula")
    assert async_object_session(author) is mine
    await registry.commit()
    #> COMMIT; others see 1 author
    await registry.remove()
    #> author is detached
    assert not registry.registry.has()


asyncio.run(handle_a_request())
# --8<-- [end:registry]


# --8<-- [start:child]
async def start_a_task():
    task = asyncio.create_task(add_author("Octavia"))
    octavia = await task
    theirs = async_object_session(octavia)
    assert registry() is not theirs
    await registry.remove()
    #> no SQL; octavia is persistent

    by_task = registry.registry.registry  # a dict
    assert by_task == {task: theirs}
    await theirs.close()
    #> ROLLBACK; octavia is detached


asyncio.run(start_a_task())
# --8<-- [end:child]
