"""A pool keeps connections, but their event loop ends."""

from snippets.library import engine

# As in the first setup of the page.
import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import create_async_engine

drivers = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "mariadb": "mariadb+aiomysql",
}

# --- story
# --8<-- [start:loops]
pooled = create_async_engine(
    engine.url.set(drivername=drivers[engine.dialect.name])
)


async def main():
    async with AsyncSession(pooled) as session:
        await session.scalar(select(1))
        #> pool has 1 in use
    assert pooled.pool.checkedin() == 1
    await pooled.dispose()
    assert pooled.pool.checkedin() == 0


asyncio.run(main())
asyncio.run(main())
# --8<-- [end:loops]
