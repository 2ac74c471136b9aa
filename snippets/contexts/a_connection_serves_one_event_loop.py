"""A pool keeps connections, but their event loop ends."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import create_async_engine

from snippets.async_library import async_url

# --- story
# --8<-- [start:loops]
pooled = create_async_engine(async_url)


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
